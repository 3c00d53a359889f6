package dev.weir.agent.docker;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/// Whatever an Engine answers, or what sits in its place.
final class EngineAnswerFuzzTest {
  /// An answer or an error, the same however the bytes arrive, and not more than came.
  @FuzzTest(maxDuration = "30s")
  void readsOrRefusesAnyAnswer(FuzzedDataProvider data) {
    int step = data.consumeInt(1, 50);
    int wanted = data.consumeInt(1, 20);
    byte[] bytes = data.consumeRemainingAsBytes();

    assertThat(read(bytes, step, wanted)).isEqualTo(read(bytes, bytes.length + 1, 1000));
  }

  private static String read(byte[] bytes, int step, int wanted) {
    var seen = new StringBuilder();
    try (EngineAnswer answer = EngineAnswer.read(new Connection(bytes, step))) {
      seen.append(answer.getStatusCode()).append(answer.getHeaders());
      var target = new byte[wanted];
      int count = answer.getBody().read(target, 0, wanted);
      while (count >= 0) {
        assertThat(count).isBetween(1, wanted);
        seen.append(new String(target, 0, count, StandardCharsets.ISO_8859_1));
        count = answer.getBody().read(target, 0, wanted);
      }
      assertThat(seen.length()).isLessThanOrEqualTo(2 * bytes.length + 100);
    } catch (IOException e) {
      assertThat(e.getMessage()).isNotEmpty();
      // What came right before the break may have gone with it: it is read again.
      return "broken";
    }
    return seen.toString();
  }

  /// A connection that has an answer to give, in pieces.
  private static final class Connection implements EngineConnection {
    private final byte[] bytes;
    private final int step;
    private int at;

    Connection(byte[] bytes, int step) {
      this.bytes = bytes;
      this.step = step;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
      int count = Math.min(Math.min(length, step), bytes.length - at);
      System.arraycopy(bytes, at, buffer, offset, count);
      at += count;
      return count == 0 ? -1 : count;
    }

    @Override
    public void write(byte[] request) {}

    @Override
    public void close() {}
  }
}
