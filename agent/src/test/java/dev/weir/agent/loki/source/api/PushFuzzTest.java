package dev.weir.agent.loki.source.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.weir.agent.loki.Metadata;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.xerial.snappy.Snappy;

/// Whatever the bytes: entries within them, or an error for their sender.
class PushFuzzTest {
  private static final PushSink CHECKING =
      new PushSink() {
        @Override
        public void stream(String labels) {
          try {
            LabelsText.parse(labels);
          } catch (MalformedPush e) {
            assertThat(e.getMessage()).isNotEmpty();
          }
        }

        @Override
        public void entry(
            long timestamp, byte[] buffer, int offset, int length, Metadata metadata) {
          assertThat(Arrays.copyOfRange(buffer, offset, offset + length)).hasSize(length);
        }
      };

  @FuzzTest(maxDuration = "30s")
  void readsOrRefusesAnyProtobuf(byte[] data) throws InterruptedException {
    try {
      ProtobufPush.read(data, data.length, CHECKING);
    } catch (MalformedPush e) {
      assertThat(e.getMessage()).isNotEmpty();
    }
  }

  @FuzzTest(maxDuration = "30s")
  void readsOrRefusesAnyJson(byte[] data) throws InterruptedException {
    try {
      JsonPush.read(data, data.length, CHECKING);
    } catch (MalformedPush e) {
      assertThat(e.getMessage()).isNotEmpty();
    }
  }

  @FuzzTest(maxDuration = "30s")
  void uncompressesOrRefusesAnyBlock(byte[] data) throws IOException {
    try {
      byte[] content = dev.weir.agent.loki.source.api.Snappy.uncompress(data);
      assertThat(Snappy.uncompress(data)).isEqualTo(content);
    } catch (MalformedPush e) {
      assertThat(e.getMessage()).isNotEmpty();
    }
  }

  @FuzzTest(maxDuration = "30s")
  void readsOrRefusesAnyLabels(byte[] data) {
    CHECKING.stream(new String(data, StandardCharsets.UTF_8));
    CHECKING.stream("{a=\"" + new String(data, StandardCharsets.UTF_8) + "\"}");
  }

  @Test
  void uncompressesWhatOthersCompress() throws Exception {
    for (int size : new int[] {0, 1, 59, 60, 61, 300, 70_000, 300_000}) {
      var plain = new byte[size];
      for (int i = 0; i < size; i++) {
        plain[i] = (byte) (i % 7 == 0 ? i * 31 : i % 13);
      }
      assertThat(dev.weir.agent.loki.source.api.Snappy.uncompress(Snappy.compress(plain)))
          .isEqualTo(plain);
      assertThat(dev.weir.agent.loki.source.api.Snappy.uncompress(Snappy.compress(new byte[size])))
          .isEqualTo(new byte[size]);
    }
  }
}
