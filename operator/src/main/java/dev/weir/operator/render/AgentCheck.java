package dev.weir.operator.render;

import dev.weir.agent.Agent;
import dev.weir.agent.AgentOptions;
import dev.weir.agent.component.Stability;
import dev.weir.agent.river.Diagnostic;
import dev.weir.agent.river.SourceFile;
import dev.weir.agent.runtime.AgentRuntime;
import dev.weir.agent.runtime.Configuration;
import dev.weir.agent.runtime.RuntimeEnvironment;
import dev.weir.operator.api.Reason;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// Asks the agent's own code, without an agent, whether it would run a text.
final class AgentCheck {
  private static final RuntimeEnvironment ENVIRONMENT =
      Agent.environment(
          new AgentOptions(
              Path.of("pipelines"),
              null,
              null,
              Path.of("state"),
              Stability.EXPERIMENTAL,
              "",
              Duration.ZERO));

  private AgentCheck() {}

  /// @param text without the envelope, which is no component
  static void check(String text, Problems problems) {
    var file = SourceFile.of("pipeline", text);
    List<Diagnostic> found =
        AgentRuntime.check(ENVIRONMENT, new Configuration(Path.of("pipeline"), List.of(file)));
    for (Diagnostic one : found) {
      if (one.severity() == Diagnostic.Severity.ERROR) {
        problems.add(Reason.INVALID_SPEC, "spec", "the agent would refuse it: " + one.message());
      }
    }
  }
}
