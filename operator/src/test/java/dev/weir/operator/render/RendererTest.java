package dev.weir.operator.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.agent.river.DiagnosticsException;
import dev.weir.agent.river.Parser;
import dev.weir.agent.river.SourceFile;
import dev.weir.operator.api.LogAgentClass;
import dev.weir.operator.api.LogPipeline;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RendererTest {
  private static final LogAgentClass AGENTS =
      Serialization.unmarshal(
          """
          apiVersion: weir.dev/v1alpha1
          kind: LogAgentClass
          metadata: {name: default}
          spec: {namespace: log-agents, tenants: {namespaceSelector: {}}}
          """,
          LogAgentClass.class);

  private static final LogPipeline SMALLEST =
      Serialization.unmarshal(
          """
          apiVersion: weir.dev/v1alpha1
          kind: LogPipeline
          metadata: {name: all, namespace: team-a, uid: 1-2}
          spec:
            input: {pods: {}}
            outputs:
            - {name: loki, loki: {url: "https://loki.example.com/loki/api/v1/push"}}
          """,
          LogPipeline.class);

  @Test
  void makesRiverOfTheSmallestPipeline() throws DiagnosticsException {
    Rendered rendered = Renderer.render(RenderInput.of(SMALLEST, AGENTS.getSpec(), Map.of()));

    assertThat(rendered.problems()).isEmpty();
    assertThat(rendered.hash()).hasSize(12);
    Parser.parse(SourceFile.of("rendered", rendered.text()));
  }
}
