package dev.weir.agent.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.agent.testkit.TestRuntime;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RuntimeMetricsTest {
  private static final String CONTROLLER = "controller_id=\"\",controller_path=\"/\"";

  @TempDir private Path directory;
  private TestRuntime runtime;

  @BeforeEach
  void makeRuntime() {
    runtime = new TestRuntime(directory);
  }

  @AfterEach
  void stopRuntime() throws Exception {
    runtime.stop();
  }

  @Test
  void tellsHowComponentsAreAndHowTheyAreConnected() throws Exception {
    runtime.load("test.ticker \"t\" { }", "test.passthrough \"a\" { input = test.ticker.t.value }");

    assertThat(runtime.scrape())
        .contains("alloy_component_controller_evaluating{" + CONTROLLER + "} 0.0")
        .contains(
            "alloy_component_controller_running_components{"
                + CONTROLLER
                + ",health_type=\"healthy\"} 2.0")
        .contains("alloy_component_evaluation_queue_size{" + CONTROLLER + "} 0.0")
        .contains(
            "alloy_component_graph_connection{"
                + CONTROLLER
                + ",from=\"test.passthrough.a\",to=\"test.ticker.t\"} 1.0")
        .contains("alloy_component_evaluation_seconds_bucket{" + CONTROLLER + ",le=\"0.005\"}")
        .contains("alloy_component_evaluation_seconds_bucket{" + CONTROLLER + ",le=\"600.0\"}")
        .contains("alloy_component_dependencies_wait_seconds_count{" + CONTROLLER + "} 0");
  }

  @Test
  void tellsHowLoadsEnded() throws Exception {
    runtime.load("test.ticker \"t\" { }");
    String loaded = runtime.scrape();
    runtime.failureOf(() -> runtime.reload("test.ticker { }"));
    String failed = runtime.scrape();

    assertThat(loaded)
        .contains("alloy_config_last_load_successful 1.0")
        .containsPattern("alloy_config_last_load_success_timestamp_seconds 1\\.\\d+E9")
        .contains("alloy_config_load_failures_total 0.0")
        .containsPattern("alloy_config_hash\\{cluster_name=\"\",sha256=\"[0-9a-f]{64}\"} 1.0");
    assertThat(failed)
        .contains("alloy_config_last_load_successful 0.0")
        .contains("alloy_config_load_failures_total 1.0");
    assertThat(hashes(failed)).isEqualTo(hashes(loaded));
  }

  @Test
  void showsOneHashHoweverOftenTheConfigurationChanges() throws Exception {
    runtime.load("test.ticker \"t\" { }");
    runtime.reload("test.ticker \"u\" { }");

    assertThat(hashes(runtime.scrape())).hasLineCount(1);
  }

  private static String hashes(String scrape) {
    return String.join(
        "\n", scrape.lines().filter(line -> line.startsWith("alloy_config_hash{")).toList());
  }
}
