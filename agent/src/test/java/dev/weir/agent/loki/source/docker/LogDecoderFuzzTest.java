package dev.weir.agent.loki.source.docker;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Whatever an Engine sends as a container's log.
final class LogDecoderFuzzTest {
  private static final Instant START = Instant.parse("2026-11-22T13:05:52.571845070Z");

  @FuzzTest(maxDuration = "30s")
  void findsTheSameLinesHoweverTheBytesArrive(FuzzedDataProvider data) {
    int step = data.consumeInt(1, 50);
    byte[] bytes = data.consumeRemainingAsBytes();

    assertThat(decode(bytes, step)).isEqualTo(decode(bytes, Math.max(1, bytes.length)));
  }

  @FuzzTest(maxDuration = "30s")
  void givesBackWhatWasSent(FuzzedDataProvider data) {
    int step = data.consumeInt(1, 100);
    boolean tty = data.consumeBoolean();
    var sent = new ByteArrayOutputStream();
    var lines = new ArrayList<String>();
    for (int i = 0; data.remainingBytes() > 0; i++) {
      boolean stderr = !tty && data.consumeBoolean();
      byte[] text = data.consumeBytes(40);
      for (int b = 0; b < text.length; b++) {
        text[b] = text[b] == '\n' || text[b] == '\r' ? (byte) ' ' : text[b];
      }
      Instant time = START.plusNanos(i);
      byte[] record = concat((time + " ").getBytes(StandardCharsets.UTF_8), text, tty);
      sent.writeBytes(tty ? record : framed(stderr ? 2 : 1, record));
      lines.add(line(stderr, nanoseconds(time), text, 0, text.length));
    }

    assertThat(decode(sent.toByteArray(), step)).isEqualTo(lines);
  }

  private static byte[] concat(byte[] time, byte[] text, boolean tty) {
    var record = new ByteArrayOutputStream();
    record.writeBytes(time);
    record.writeBytes(text);
    record.writeBytes((tty ? "\r\n" : "\n").getBytes(StandardCharsets.UTF_8));
    return record.toByteArray();
  }

  private static byte[] framed(int stream, byte[] record) {
    return ByteBuffer.allocate(8 + record.length)
        .put(0, (byte) stream)
        .putInt(4, record.length)
        .put(8, record)
        .array();
  }

  private static long nanoseconds(Instant time) {
    return time.getEpochSecond() * 1_000_000_000L + time.getNano();
  }

  private static List<String> decode(byte[] bytes, int step) {
    var lines = new Lines(bytes.length);
    var decoder = new LogDecoder(lines);
    int from = 0;
    try {
      for (int to = Math.min(step, bytes.length); from < to || to < bytes.length; ) {
        int next = decoder.decode(bytes, from, to);
        assertThat(next).isBetween(from, to);
        from = next;
        if (to == bytes.length) {
          break;
        }
        to = Math.min(to + step, bytes.length);
      }
      decoder.end(bytes, from, bytes.length);
    } catch (IOException e) {
      assertThat(e.getMessage()).isNotEmpty();
      lines.seen.add("broken");
    }
    return lines.seen;
  }

  private static String line(boolean stderr, long timestamp, byte[] bytes, int from, int length) {
    String text = new String(bytes, from, length, StandardCharsets.ISO_8859_1);
    return timestamp + (stderr ? " stderr " : " stdout ") + text;
  }

  private static final class Lines implements LogDecoder.Output {
    private final List<String> seen = new ArrayList<>();
    private int room;

    Lines(int room) {
      this.room = room;
    }

    @Override
    public void line(boolean stderr, long timestamp, byte[] bytes, int from, int length) {
      room -= length;
      assertThat(room).isNotNegative();
      seen.add(LogDecoderFuzzTest.line(stderr, timestamp, bytes, from, length));
    }

    @Override
    public void unparsable() {
      seen.add("unparsable");
    }
  }
}
