package dev.weir.agent.discovery.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.weir.agent.component.Health;
import dev.weir.agent.discovery.file.DiscoveryFile.Arguments;
import dev.weir.agent.discovery.file.DiscoveryFile.Exports;
import dev.weir.agent.river.DiagnosticsException;
import dev.weir.agent.testkit.RiverArguments;
import dev.weir.agent.testkit.RunningComponent;
import dev.weir.agent.testkit.TestContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DiscoveryFileTest {
  @TempDir Path storage;
  private TestContext context;

  @BeforeEach
  void makeContext() {
    context = new TestContext("discovery.file.test", storage);
  }

  @Test
  void hasTheDefaultsOfAlloy() throws Exception {
    assertThat(arguments("files = [\"a.json\"]").refreshInterval())
        .isEqualTo(Duration.ofMinutes(5));
  }

  @Test
  void exportsTheTargetsOfYamlAndJsonFiles() throws Exception {
    Files.writeString(
        storage.resolve("a.yml"), "- targets: [one, two]\n  labels: {env: prod, port: 80}\n");
    Files.writeString(storage.resolve("b.json"), "[{\"targets\": [\"three\"]}]");
    try (var _ = running("files = [\"%1$s/*.yml\", \"%1$s/b.json\"]")) {
      await().until(() -> targets().size() == 3);

      String yaml = storage + "/a.yml";
      assertThat(targets())
          .containsExactly(
              Map.of("__address__", "one", "env", "prod", "port", "80", "__meta_filepath", yaml),
              Map.of("__address__", "two", "env", "prod", "port", "80", "__meta_filepath", yaml),
              Map.of("__address__", "three", "__meta_filepath", storage + "/b.json"));
    }
  }

  @Test
  void noticesChangesAndKeepsTheTargetsOfDamagedFiles() throws Exception {
    Path file = storage.resolve("a.json");
    Files.writeString(file, "[{\"targets\": [\"one\"]}]");
    var component = new DiscoveryFile(arguments(body("20ms")), context);
    try (var _ = new RunningComponent(component)) {
      await().until(() -> targets().size() == 1);

      Files.writeString(file, "[{\"targets\": 7");
      await().until(() -> component.health().isPresent());
      assertThat(component.health().orElseThrow().state()).isEqualTo(Health.State.UNHEALTHY);
      assertThat(targets()).hasSize(1);

      Files.writeString(file, "[{\"targets\": [\"one\", \"two\"]}]");
      await().until(() -> targets().size() == 2 && component.health().isEmpty());

      Files.delete(file);
      await().until(() -> targets().isEmpty());
    }
  }

  @Test
  void isToldOfChangesBetweenLooks() throws Exception {
    try (var _ = new RunningComponent(new DiscoveryFile(arguments(body("1h")), context))) {
      await()
          .until(() -> {
            Files.writeString(storage.resolve("a.json"), "[{\"targets\": [\"one\"]}]");
            return targets().size() == 1;
          });
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "files = []",
        "files = [\"a.txt\"]",
        "files = [\"*/a.json\"]",
        "files = [\"a.json\"]\nrefresh_interval = \"0s\"",
        ""
      })
  void refusesWrongArguments(String body) {
    assertThatThrownBy(() -> arguments(body)).isInstanceOf(DiagnosticsException.class);
  }

  private String body(String interval) {
    return "files = [\"%s/*.json\"]\nrefresh_interval = \"%s\"".formatted(storage, interval);
  }

  private RunningComponent running(String body) throws DiagnosticsException {
    return new RunningComponent(new DiscoveryFile(arguments(body.formatted(storage)), context));
  }

  private static Arguments arguments(String body) throws DiagnosticsException {
    return RiverArguments.decode(Arguments.class, body);
  }

  private List<Map<String, String>> targets() {
    return ((Exports) context.published().getLast()).targets();
  }
}
