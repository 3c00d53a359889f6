package dev.weir.operator.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.operator.testkit.ApiServer;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The chart through the real Helm, its objects on the tests' API server.
class ChartTest {
  private static final Path CASES = Path.of("src/test/resources/chart");

  @BeforeEach
  void requireHelm() {
    Tool.require("helm");
  }

  @Test
  void passesHelmsOwnChecks() throws Exception {
    Tool.Result result = Tool.run(List.of("helm", "lint", "--strict", "charts/weir"));

    assertThat(result.status()).as(result.output()).isZero();
  }

  static Stream<Path> valid() throws IOException {
    return files("valid");
  }

  static Stream<Path> invalid() throws IOException {
    return files("invalid");
  }

  private static Stream<Path> files(String folder) throws IOException {
    try (Stream<Path> files = Files.list(CASES.resolve(folder))) {
      return files.sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("valid")
  void rendersObjectsThatAServerTakes(Path values) throws Exception {
    Rendered rendered = Rendered.with("--include-crds", "-f", values.toAbsolutePath().toString());

    assertThat(rendered.objects()).isNotEmpty();
    try (var server = ApiServer.start()) {
      server.define("weir.dev", "v1alpha1", "LogPipeline", "logpipelines", true);
      server.define("weir.dev", "v1alpha1", "LogAgentClass", "logagentclasses", false);
      server.define("monitoring.coreos.com", "v1", "PodMonitor", "podmonitors", true);
      server.define("monitoring.coreos.com", "v1", "PrometheusRule", "prometheusrules", true);
      for (JsonNode object : rendered.objects()) {
        var sent = Serialization.unmarshal(object.toString(), GenericKubernetesResource.class);
        assertThat(server.client().resource(sent).serverSideApply()).as(name(object)).isNotNull();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("valid")
  void rendersOnlyFieldsThatKubernetesKnows(Path values) throws Exception {
    for (JsonNode object : Rendered.with("-f", values.toAbsolutePath().toString()).objects()) {
      HasMetadata typed = Serialization.unmarshal(object.toString(), HasMetadata.class);
      if (!(typed instanceof GenericKubernetesResource)) {
        assertThat(UnknownFields.in(typed)).as(name(object)).isEmpty();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("invalid")
  void refusesWrongValuesByName(Path values) throws Exception {
    // The first line is a comment with what the message must contain.
    String expected = Files.readAllLines(values).getFirst().substring(2);

    Tool.Result result = Rendered.template("-f", values.toAbsolutePath().toString());

    assertThat(result.status()).isNotZero();
    assertThat(result.errors()).contains(expected);
  }

  @Test
  void makesTheSameObjectsEachTime() throws Exception {
    assertThat(Rendered.template().output()).isEqualTo(Rendered.template().output());
  }

  private static String name(JsonNode object) {
    return object.path("kind").asText() + " " + object.at("/metadata/name").asText();
  }
}
