package dev.weir.agent.loki.tail;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.weir.agent.loki.tail.LineFormat.PodLines;
import dev.weir.agent.loki.tail.Splits.Split;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Map;

/// Whatever a runtime's log holds.
final class CriFuzzTest {
  private static final PodLines FORMAT =
      new PodLines(
          new TailStream(TailHarness.STDOUT, Map.of()),
          new TailStream(TailHarness.STDERR, Map.of()),
          1 << 20,
          LongLines.SPLIT);
  private static final byte[] GOOD =
      "\n2026-11-22T13:00:01.5Z stderr F good\n".getBytes(StandardCharsets.UTF_8);
  private static final Instant START = Instant.parse("2026-11-22T13:00:00.000000001Z");

  @FuzzTest(maxDuration = "30s")
  void alwaysFindsTheNextRecord(byte[] data) {
    var bytes = new ByteArrayOutputStream();
    bytes.writeBytes(data);
    bytes.writeBytes(GOOD);

    assertThat(Splits.of(Splitter.of(FORMAT, 0), bytes.toByteArray()))
        .anyMatch(split -> split.line().endsWith("good") && split.stderr());
  }

  @FuzzTest(maxDuration = "30s")
  void findsTheSameLinesHoweverTheBytesArrive(FuzzedDataProvider data) {
    int step = data.consumeInt(1, 50);
    byte[] bytes = data.consumeRemainingAsBytes();

    assertThat(Splits.of(Splitter.of(FORMAT, 0), bytes, step))
        .isEqualTo(Splits.of(Splitter.of(FORMAT, 0), bytes));
  }

  /// Lines of both streams, in parts, come back as they were written.
  @FuzzTest(maxDuration = "30s")
  void givesBackWhatWasWritten(FuzzedDataProvider data) {
    var file = new StringBuilder();
    var written = new ArrayList<Split>();
    while (data.remainingBytes() > 0) {
      boolean stderr = data.consumeBoolean();
      Instant time = START.plusNanos(data.consumeInt(0, Integer.MAX_VALUE));
      String text = data.consumeString(40).replace('\n', ' ').replace('\r', ' ');
      int cut = Character.offsetByCodePoints(text, 0, text.codePointCount(0, text.length()) / 2);
      String head = time + (stderr ? " stderr " : " stdout ");
      if (data.consumeBoolean()) {
        file.append(head).append("P ").append(text, 0, cut).append('\n');
        file.append(head).append("F ").append(text, cut, text.length()).append('\n');
      } else {
        file.append(head).append("F:some:tags ").append(text).append('\n');
      }
      written.add(new Split(utf8(text), nanoseconds(time), stderr));
    }

    assertThat(Splits.of(Splitter.of(FORMAT, 0), file.toString().getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(written);
  }

  private static String utf8(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }

  private static long nanoseconds(Instant time) {
    return time.getEpochSecond() * 1_000_000_000L + time.getNano();
  }
}
