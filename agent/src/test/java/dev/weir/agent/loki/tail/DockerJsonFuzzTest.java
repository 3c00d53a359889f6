package dev.weir.agent.loki.tail;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.agent.loki.tail.Splits.Split;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;

/// Whatever a container's log file holds.
final class DockerJsonFuzzTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  /// 2026-11-22T13:00:00.000000001Z, in nanoseconds.
  private static final long MINUTE = 1_795_352_400_000_000_001L;

  private static final byte[] GOOD =
      ("\n" + TailHarness.record("good\\n", "stderr", 1)).getBytes(StandardCharsets.UTF_8);

  /// Whatever comes before it, a good record on a line of its own arrives.
  @FuzzTest(maxDuration = "30s")
  void alwaysFindsTheNextRecord(byte[] data) {
    var bytes = new ByteArrayOutputStream();
    bytes.writeBytes(data);
    bytes.writeBytes(GOOD);

    assertThat(Splits.of(splitter(), bytes.toByteArray()))
        .anyMatch(split -> split.line().endsWith("good"));
  }

  @FuzzTest(maxDuration = "30s")
  void findsTheSameLinesHoweverTheBytesArrive(FuzzedDataProvider data) {
    int step = data.consumeInt(1, 50);
    byte[] bytes = data.consumeRemainingAsBytes();

    assertThat(Splits.of(splitter(), bytes, step)).isEqualTo(Splits.of(splitter(), bytes));
  }

  /// What another writer of JSON makes of a line is read as that line.
  @FuzzTest(maxDuration = "30s")
  void givesBackWhatWasWritten(FuzzedDataProvider data) throws JsonProcessingException {
    var file = new StringBuilder();
    var written = new ArrayList<Split>();
    while (data.remainingBytes() > 0) {
      int second = data.consumeInt(0, 59);
      boolean stderr = data.consumeBoolean();
      String text = scalars(data.consumeString(40)).replace('\n', ' ').replace('\r', ' ');
      String quoted = JSON.writeValueAsString(text + "\n");
      String inside = quoted.substring(1, quoted.length() - 1);
      file.append(TailHarness.record(inside, stderr ? "stderr" : "stdout", second));
      written.add(new Split(text, MINUTE + second * 1_000_000_000L, stderr));
    }

    assertThat(Splits.of(splitter(), file.toString().getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(written);
  }

  private static String scalars(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }

  private static Splitter splitter() {
    return new DockerJsonSplitter(TailHarness.JSON, 1 << 20);
  }
}
