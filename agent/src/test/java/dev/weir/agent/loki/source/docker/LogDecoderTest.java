package dev.weir.agent.loki.source.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class LogDecoderTest {
  private static final String TIME = "2026-11-22T13:05:52.571845070Z ";
  private static final String LATER = "2026-11-22T13:05:52.571845071Z ";

  private final List<String> lines = new ArrayList<>();
  private int unparsable;

  @Test
  void takesRecordsOfBothStreamsApart() throws IOException {
    decode(7, record(1, TIME + "out\n"), record(2, LATER + "err\n"));

    assertThat(lines).containsExactly("1 1795352752571845070 out", "2 1795352752571845071 err");
  }

  @Test
  void joinsThePartsOfALineWithTheTimeOfTheFirst() throws IOException {
    String part = "x".repeat(16384);

    decode(
        8192,
        record(1, TIME + part),
        record(2, LATER + "between\n"),
        record(1, LATER + part),
        record(1, LATER + "end\n"));

    assertThat(lines)
        .containsExactly(
            "2 1795352752571845071 between", "1 1795352752571845070 " + part + part + "end");
  }

  @Test
  void joinsThePartsOfATerminalsLine() throws IOException {
    String part = "y".repeat(16384);

    decode(1000, bytes(TIME + part + LATER + part + LATER + "\r\n" + TIME + "next\r\n"));

    assertThat(lines)
        .containsExactly("1 1795352752571845070 " + part + part, "1 1795352752571845070 next");
  }

  @Test
  void givesWhatIsUnfinishedAtTheEnd() throws IOException {
    decode(64, record(1, TIME + "prompt> "));
    decode(64, bytes(TIME + "login: "));

    assertThat(lines)
        .containsExactly("1 1795352752571845070 prompt> ", "1 1795352752571845070 login: ");
  }

  @Test
  void leavesOutWhatHasNoTimeAndCountsIt() throws IOException {
    decode(64, record(1, "no time\n"), record(1, ""), record(1, TIME + "\n"));

    assertThat(lines).containsExactly("1 1795352752571845070 ");
    assertThat(unparsable).isEqualTo(1);
  }

  @Test
  void readsTimesOfOtherForms() throws IOException {
    decode(64, record(1, "1970-01-01T00:00:01Z a\n"), record(1, "1970-01-01T00:00:01.5+00:00 b\n"));

    assertThat(lines).containsExactly("1 1000000000 a", "1 1500000000 b");
  }

  @Test
  void refusesWhatIsNoLogStream() {
    assertThatThrownBy(() -> decode(64, bytes("HTTP/1.1 200 OK\r\n\r\n")))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(() -> decode(64, record(3, "failed"))).isInstanceOf(IOException.class);
  }

  @Property(tries = 200)
  void doesNotDependOnHowTheBytesArrive(
      @ForAll @IntRange(min = 1, max = 60_000) int first,
      @ForAll @IntRange(min = 1, max = 5000) int step)
      throws IOException {
    byte[] stream =
        join(
            record(1, TIME + "a\n"),
            record(2, TIME + "z".repeat(16384)),
            record(1, LATER + "b".repeat(16383) + "\n"),
            record(2, LATER + "\n"));
    lines.clear();

    decodeInSteps(first, step, stream);

    assertThat(lines).hasSize(3);
    assertThat(lines.get(2)).hasSize(22 + 16384);
  }

  private void decode(int step, byte[]... parts) throws IOException {
    decodeInSteps(step, step, join(parts));
  }

  private void decodeInSteps(int first, int step, byte[] stream) throws IOException {
    var decoder = new LogDecoder(new Output());
    int from = 0;
    int to = Math.min(first, stream.length);
    while (true) {
      from = decoder.decode(stream, from, to);
      if (to == stream.length) {
        break;
      }
      to = Math.min(to + step, stream.length);
    }
    decoder.end(stream, from, to);
  }

  private final class Output implements LogDecoder.Output {
    @Override
    public void line(boolean stderr, long timestamp, byte[] bytes, int from, int length) {
      String text = new String(bytes, from, length, StandardCharsets.UTF_8);
      lines.add((stderr ? 2 : 1) + " " + timestamp + " " + text);
    }

    @Override
    public void unparsable() {
      unparsable++;
    }
  }

  private static byte[] record(int stream, String text) {
    byte[] body = bytes(text);
    byte[] record = Arrays.copyOf(new byte[] {(byte) stream}, 8 + body.length);
    record[4] = (byte) (body.length >> 24);
    record[5] = (byte) (body.length >> 16);
    record[6] = (byte) (body.length >> 8);
    record[7] = (byte) body.length;
    System.arraycopy(body, 0, record, 8, body.length);
    return record;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] join(byte[]... parts) {
    var all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }
}
