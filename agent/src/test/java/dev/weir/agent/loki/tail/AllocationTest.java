package dev.weir.agent.loki.tail;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.weir.agent.loki.Receiver;
import dev.weir.agent.loki.positions.Positions;
import dev.weir.agent.loki.tail.LineFormat.PodLines;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
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
    String line =
        TailHarness.record("GET \\\"/index\\\" 200 caf\\u00e9 0123456789\\n", "stdout", 1);
    assertAllocatesNothing(Rotation.NUMBERED, TailHarness.JSON, line);
  }

  @Test
  void readsLinesOfPodsWithoutAllocatingPerLine() throws Exception {
    var stream = new TailStream(TailHarness.STDOUT, Map.of());
    var format = new PodLines(stream, stream, 256 << 10, LongLines.TRUNCATE);
    String line = "2026-11-22T13:00:01.123456789Z stdout F GET \"/index\" 200 0123456789\n";
    assertAllocatesNothing(Rotation.KUBELET, format, line);
  }

  private void assertAllocatesNothing(Rotation rotation, LineFormat format, String line)
      throws Exception {
    Path log = directory.resolve("x.log");
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
              "x", log, rotation, format, TailTarget.Start.BEGINNING, TailListener.SILENT));
      measure(engine, log, line);

      assertThat(measure(engine, log, line)).as("bytes per line").isLessThan(2.0);
    }
  }

  private double measure(TailEngine engine, Path log, String text)
      throws IOException, InterruptedException {
    byte[] line = text.getBytes(StandardCharsets.UTF_8);
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
