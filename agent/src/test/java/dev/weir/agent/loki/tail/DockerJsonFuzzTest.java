package dev.weir.agent.loki.tail;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.weir.agent.loki.Batch;
import dev.weir.agent.loki.Entry;
import dev.weir.agent.loki.Lane;
import dev.weir.agent.loki.jsonfile.JsonFileRecord;
import java.nio.charset.StandardCharsets;

final class DockerJsonFuzzTest {
  private static final byte[] GOOD =
      ("\n" + TailHarness.record("good\\n", "stderr", 1)).getBytes(StandardCharsets.UTF_8);

  /// Whatever comes before it, a good record on a line of its own arrives, and entries stay within
  /// the data.
  @FuzzTest(maxDuration = "30s")
  void alwaysFindsTheNextRecord(byte[] data) {
    var chunk = new Chunk();
    chunk.bytes = new byte[data.length + GOOD.length + JsonFileRecord.SLACK];
    System.arraycopy(data, 0, chunk.bytes, 0, data.length);
    System.arraycopy(GOOD, 0, chunk.bytes, data.length, GOOD.length);
    var splitter = new DockerJsonSplitter(TailHarness.JSON, 1 << 20);
    chunk.to = splitter.complete(chunk.bytes, 0, data.length + GOOD.length);
    var batch = new Batch(new Lane("fuzz"));
    String last = "";
    while (chunk.from < chunk.to) {
      int before = chunk.from;
      batch.clear();
      splitter.split(chunk, batch);
      assertThat(chunk.from).isGreaterThan(before).isLessThanOrEqualTo(chunk.to);
      for (int i = 0; i < batch.size(); i++) {
        Entry entry = batch.get(i);
        assertThat(entry.offset() + entry.length()).isLessThanOrEqualTo(entry.buffer().length);
        last = entry.lineText();
      }
    }
    assertThat(last).endsWith("good");
  }
}
