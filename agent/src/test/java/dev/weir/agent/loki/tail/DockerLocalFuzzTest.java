package dev.weir.agent.loki.tail;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import com.google.protobuf.CodedOutputStream;
import dev.weir.agent.loki.tail.LineFormat.DockerLocalRecords;
import dev.weir.agent.loki.tail.Splits.Split;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Map;

/// Whatever a file of the `local` driver holds.
final class DockerLocalFuzzTest {
  private static final DockerLocalRecords FORMAT =
      new DockerLocalRecords(
          new TailStream(TailHarness.STDOUT, Map.of()),
          new TailStream(TailHarness.STDERR, Map.of()));

  /// What a crash left may end by chance like a record whose end is the next one's first bytes; the
  /// one after that, which is shorter, cannot be covered.
  @FuzzTest(maxDuration = "30s")
  void findsARecordBehindAnything(byte[] data) throws IOException {
    var bytes = new ByteArrayOutputStream();
    bytes.writeBytes(data);
    bytes.writeBytes(record(true, 1, bytes("a rather long text that may be lost")));
    bytes.writeBytes(record(true, 2, bytes("good")));

    assertThat(Splits.of(splitter(), bytes.toByteArray()))
        .anyMatch(split -> split.line().endsWith("good"));
  }

  @FuzzTest(maxDuration = "30s")
  void givesBackWhatWasWritten(FuzzedDataProvider data) throws IOException {
    int step = data.consumeInt(1, 100);
    var file = new ByteArrayOutputStream();
    var written = new ArrayList<Split>();
    while (data.remainingBytes() > 0) {
      boolean stderr = data.consumeBoolean();
      long time = data.consumeLong(1, Long.MAX_VALUE);
      String text = new String(data.consumeBytes(40), StandardCharsets.ISO_8859_1);
      file.writeBytes(record(stderr, time, bytes(text)));
      // The driver leaves the newline out; a carriage return before it belongs to the line's end.
      String line = text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
      written.add(new Split(line, time, stderr));
    }

    assertThat(Splits.of(splitter(), file.toByteArray(), step)).isEqualTo(written);
  }

  private static byte[] record(boolean stderr, long time, byte[] line) throws IOException {
    var message = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(message);
    out.writeString(1, stderr ? "stderr" : "stdout");
    out.writeInt64(2, time);
    out.writeByteArray(3, line);
    out.flush();
    return ByteBuffer.allocate(message.size() + 8)
        .putInt(message.size())
        .put(message.toByteArray())
        .putInt(message.size())
        .array();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static Splitter splitter() {
    return new DockerLocalSplitter(FORMAT, 1 << 20);
  }
}
