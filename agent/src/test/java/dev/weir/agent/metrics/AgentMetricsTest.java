package dev.weir.agent.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AgentMetricsTest {
  @Test
  void tellsWhatTheAgentIsBuiltFrom() {
    try (var metrics = new AgentMetrics("1.2.3", "abc")) {
      assertThat(metrics.scrape(null))
          .containsPattern(
              "alloy_build_info\\{branch=\"\",goarch=\"\\w+\",goos=\"linux\",goversion=\"java25[^\"]*"
                  + "\",revision=\"abc\",tags=\"\",version=\"v1.2.3\"} 1");
    }
  }

  @Test
  void tellsWhatTheProcessUses() {
    try (var metrics = new AgentMetrics("1.2.3", "")) {
      String first = metrics.scrape(null);

      assertThat(first)
          .containsPattern("(?m)^alloy_resources_process_resident_memory_bytes [1-9]")
          .containsPattern("(?m)^alloy_resources_process_virtual_memory_bytes [1-9]")
          .containsPattern("(?m)^alloy_resources_process_start_time_seconds 1\\.\\d+E9")
          .containsPattern("(?m)^alloy_resources_process_cpu_seconds_total [0-9.]+")
          .containsPattern("(?m)^process_cpu_seconds_total [0-9.]+")
          .containsPattern("(?m)^process_open_fds [1-9]")
          .containsPattern("(?m)^process_max_fds [1-9]")
          .contains("jvm_memory_used_bytes{area=\"heap\"");
      assertThat(metrics.scrape(null).lines().count()).isEqualTo(first.lines().count());
    }
  }

  @Test
  void speaksOpenMetricsToWhoAsksForIt() {
    try (var metrics = new AgentMetrics("1.2.3", "")) {
      assertThat(metrics.scrape("application/openmetrics-text")).endsWith("# EOF\n");
    }
  }

  @Test
  void countsMillisecondsInTheirBucket() {
    try (var metrics = new AgentMetrics("1.2.3", "");
        var component = new ComponentMetrics(metrics.registry(), "a.b", "/")) {
      component.histogram("push_seconds", "Pushes.", new double[] {.005, 1}).record(0.002);

      assertThat(metrics.scrape(null))
          .containsPattern("push_seconds_bucket\\{.*le=\"0.005\"} 1")
          .containsPattern("push_seconds_sum\\{.*} 0.002");
    }
  }
}
