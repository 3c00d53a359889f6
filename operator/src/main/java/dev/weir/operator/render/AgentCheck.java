package dev.weir.operator.render;

import dev.weir.agent.Agent;
import dev.weir.agent.AgentOptions;
import dev.weir.agent.component.Stability;
import dev.weir.agent.pipelinedir.PipelineSettings;
import dev.weir.agent.pipelinedir.PipelineText;
import dev.weir.agent.river.Diagnostic;
import dev.weir.agent.river.DiagnosticsException;
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

  private static final PipelineSettings SETTINGS =
      PipelineSettings.of(Path.of("/etc/weir/pipelines"));

  private AgentCheck() {}

  /// @param whole the text as it lies in the agents' directory
  /// @param components the text without its envelope, which is no component
  static void check(String whole, String components, Problems problems) {
    try {
      PipelineText.parse(SourceFile.of("pipeline", whole), SETTINGS);
    } catch (DiagnosticsException outOfBounds) {
      refuse(outOfBounds.diagnostics(), problems);
    }
    var file = SourceFile.of("pipeline", components);
    refuse(
        AgentRuntime.check(ENVIRONMENT, new Configuration(Path.of("pipeline"), List.of(file))),
        problems);
  }

  private static void refuse(List<Diagnostic> found, Problems problems) {
    for (Diagnostic one : found) {
      if (one.severity() == Diagnostic.Severity.ERROR) {
        problems.add(Reason.INVALID_SPEC, "spec", "the agent would refuse it: " + one.message());
      }
    }
  }
}
