package dev.weir.agent.loki.tail;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.weir.agent.loki.Receiver;
import dev.weir.agent.loki.positions.Positions;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

final class AllocationTest {
  private static final int LINES = 100_000;

  @TempDir Path directory;
  private long nanoTime;

  /// A batch may cost a few small objects, a line nothing: with hundreds of lines per batch less
  /// than two bytes each.
  @Test
  void readsDockerLinesWithoutAllocatingPerLine() throws Exception {
    Path log = directory.resolve("x-json.log");
    Files.writeString(log, "");
    try (Positions positions = Positions.open(directory.resolve("positions.yml"))) {
      var settings = TailSettings.of("test", Duration.ZERO);
      Receiver nothing = batch -> {};
      var engine =
          new TailEngine(
              settings,
              positions,
              nothing,
              InstantSource.fixed(Instant.EPOCH),
              LoggerFactory.getLogger("test"),
              () -> nanoTime);
      engine.open(
          new TailTarget(
              "x",
              log,
              Rotation.NUMBERED,
              TailHarness.JSON,
              TailTarget.Start.BEGINNING,
              TailListener.SILENT));
      measure(engine, log);

      assertThat(measure(engine, log)).as("bytes per line").isLessThan(2.0);
    }
  }

  private double measure(TailEngine engine, Path log) throws IOException, InterruptedException {
    byte[] line =
        TailHarness.record("GET \\\"/index\\\" 200 caf\\u00e9 0123456789\\n", "stdout", 1)
            .getBytes(StandardCharsets.UTF_8);
    var all = new byte[line.length * LINES];
    for (int i = 0; i < LINES; i++) {
      System.arraycopy(line, 0, all, i * line.length, line.length);
    }
    TailHarness.append(log, all);
    long size = Files.size(log);
    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    for (long at = 0; at < size; at += 100_000) {
      engine.step();
    }
    return (double) (threads.getCurrentThreadAllocatedBytes() - before) / LINES;
  }
}
