package dev.weir.agent.loki.write;

import static dev.weir.agent.loki.write.Running.endpoint;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsTest {
  @TempDir Path storage;

  @Test
  void countersExistBeforeAnythingIsSent() throws Exception {
    try (var write = new Running(storage, endpoint("http://loki:3100/push", "tenant_id = \"t\""))) {
      String common = "component_id=\"loki.write.test\",component_path=\"/\",host=\"loki:3100\",";
      for (String name : List.of("sent_bytes_total", "sent_entries_total", "batch_retries_total")) {
        assertThat(write.metrics())
            .contains("loki_write_" + name + "{" + common + "tenant=\"t\"} 0.0");
      }
      for (String reason :
          List.of(
              "ingester_error",
              "rate_limited",
              "stream_limited",
              "line_too_long",
              "queue_is_full")) {
        String labels = "{" + common + "reason=\"" + reason + "\",tenant=\"t\"} 0.0";
        assertThat(write.metrics())
            .contains("loki_write_dropped_entries_total" + labels)
            .contains("loki_write_dropped_bytes_total" + labels);
      }
    }
  }

  @Test
  void countsWhatIsSent() throws Exception {
    try (var loki = ScriptedLoki.willing();
        var write = new Running(storage, endpoint(loki.url()))) {
      write.send("one", "two");
      await().until(() -> write.delivered() == 1);

      int bytes = loki.received().getFirst().body().size();
      assertThat(write.metric("loki_write_sent_entries_total")).isEqualTo(2);
      assertThat(write.metric("loki_write_sent_bytes_total")).isEqualTo(bytes);
      assertThat(write.metric("loki_write_request_size_bytes_sum")).isEqualTo(bytes);
      assertThat(write.metric("loki_write_request_duration_seconds_count", "status_code=\"204\""))
          .isEqualTo(1);
      assertThat(write.metric("loki_write_entry_propagation_latency_seconds_count")).isEqualTo(1);
    }
  }
}
