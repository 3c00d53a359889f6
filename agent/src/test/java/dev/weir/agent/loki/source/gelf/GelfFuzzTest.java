package dev.weir.agent.loki.source.gelf;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/// Whatever the bytes: a message, or an error; and never more memory than is meant for it.
class GelfFuzzTest {
  @FuzzTest(maxDuration = "30s")
  void readsOrRefusesAnyMessage(byte[] data) {
    try {
      assertThat(GelfMessage.read(data).line()).isNotEmpty().doesNotContain((byte) '\n');
    } catch (IOException e) {
      assertThat(e).isNotNull();
    }
  }

  @FuzzTest(maxDuration = "30s")
  void takesAnyChunks(FuzzedDataProvider data) {
    var chunks = new Chunks();
    long now = 0;
    while (data.remainingBytes() > 0) {
      byte[] chunk = data.consumeBytes(data.consumeInt(0, 40));
      now += data.consumeInt();
      byte[] whole = chunks.add("sender", chunk, 0, chunk.length, now);
      assertThat(whole == null || whole.length > 0).isTrue();
    }
    assertThat(chunks.takeLost()).isNotNegative();
  }

  @Test
  void givesUpTheOldestWhenMessagesAreNeverFinished() {
    var chunks = new Chunks();
    var chunk = new byte[8000];
    chunk[11] = 2;
    for (int i = 0; i < 1000; i++) {
      chunk[2] = (byte) (i >> 8);
      chunk[3] = (byte) i;
      assertThat(chunks.add("sender", chunk, 0, chunk.length, 0)).isNull();
    }
    assertThat(chunks.takeLost()).isGreaterThan(700);

    assertThat(chunks.add("sender", Arrays.copyOf(chunk, 20), 0, 20, 6_000_000_000L)).isNull();
    assertThat(chunks.takeLost()).isGreaterThan(200);
  }
}
