package dev.weir.agent.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.agent.faults.kit.AgentProcess;
import dev.weir.agent.sandbox.Sandbox;
import dev.weir.agent.sandbox.SandboxOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// An agent that may have few file descriptors.
class DescriptorLimitTest {
  private static final int LIMIT = 200;
  private static final int FILES = 300;
  private static final String FIRST = "first of ";
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @TempDir Path directory;

  private void write(int file, String text) throws IOException {
    Path log = directory.resolve("logs").resolve(file + ".log");
    Files.writeString(log, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  private static String river(Path logs, Sandbox sink) {
    return """
    loki.source.file "logs" {
    	targets    = [{__path__ = "%s/*.log", job = "logs"}]
    	forward_to = [loki.write.loki.receiver]
    	file_match {
    		enabled     = true
    		sync_period = "200ms"
    	}
    }
    loki.write "loki" {
    	endpoint {
    		url        = "%s"
    		batch_wait = "100ms"
    	}
    }
    """
        .formatted(logs, sink.pushUrl());
  }

  private static void awaitStored(Sandbox sink, long lines) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(sink.totals().stored()).isGreaterThanOrEqualTo(lines));
  }

  /// F51.
  @Test
  @Tag("faults-short")
  @Timeout(value = 3, unit = TimeUnit.MINUTES)
  void readsWhatItMayOpenTellsOfTheRestAndReadsItLater() throws IOException {
    Path logs = Files.createDirectories(directory.resolve("logs"));
    for (int i = 0; i < FILES; i++) {
      write(i, FIRST + i + "\n");
    }
    try (Sandbox sink = Sandbox.start(SandboxOptions.loopback());
        AgentProcess agent =
            AgentProcess.in(directory)
                .prefix("sh", "-c", "ulimit -n " + LIMIT + "; exec \"$@\"", "sh")
                .configure(river(logs, sink))) {
      agent.start();
      awaitStored(sink, 1);
      await()
          .atMost(PATIENCE)
          .untilAsserted(() ->
              assertThat(agent.get("/api/v0/web/components/loki.source.file.logs"))
                  .contains("no file descriptor is left for logs"));
      assertThat(agent.status("/-/alive")).isEqualTo(200);
      assertThat(agent.metric("process_open_fds")).isLessThan(LIMIT);

      // Those that were read go, so that the others can be opened.
      for (int round = 0; sink.totals().stored() < FILES; round++) {
        assertThat(round).isLessThan(FILES);
        long before = sink.totals().stored();
        for (String line : sink.lines("{job=\"logs\"}")) {
          Files.deleteIfExists(logs.resolve(line.substring(FIRST.length()) + ".log"));
        }
        awaitStored(sink, before + 1);
      }
      assertThat(sink.lines("{job=\"logs\"}")).hasSize(FILES).doesNotHaveDuplicates();
    }
  }
}
