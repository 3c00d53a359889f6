package dev.weir.agent.loki.wal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.agent.loki.Batch;
import dev.weir.agent.loki.Entry;
import dev.weir.agent.loki.Labels;
import dev.weir.agent.loki.Lane;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RecordBufferTest {
  private static Batch batch(String job, String line) {
    var batch = new Batch(new Lane("test"));
    Entry entry = batch.add();
    entry.labels(Labels.of("job", job));
    entry.line(line);
    return batch;
  }

  private static Batch read(RecordBuffer record) throws Exception {
    var read = new Batch(new Lane("test"));
    byte[] bytes = record.finish(0, 0, 0);
    new RecordParser().parse(bytes, Frame.SIZE, record.size() - Frame.SIZE, read);
    return read;
  }

  @Test
  void aBatchThatCannotBeAddedLeavesNoTrace() throws Exception {
    var record = new RecordBuffer();
    record.append(batch("a", "one"));
    Batch broken = batch("b", "two");
    broken.add().line(new byte[1], 0, 1 << 20);
    assertThatThrownBy(() -> record.append(broken)).isInstanceOf(RuntimeException.class);

    record.append(batch("b", "three"));

    Batch read = read(record);
    assertThat(read.size()).isEqualTo(2);
    assertThat(read.get(1).lineText()).isEqualTo("three");
    assertThat(read.get(1).labels()).isEqualTo(Labels.of("job", "b"));
  }

  @Test
  void noBytesBreakTheParserButByTellingSo() {
    var record = new RecordBuffer();
    record.append(batch("a", "some text"));
    byte[] good = record.finish(0, 0, 0);
    var random = new Random(7);
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = java.util.Arrays.copyOfRange(good, Frame.SIZE, record.size());
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      try {
        new RecordParser().parse(bytes, 0, bytes.length, new Batch(new Lane("test")));
      } catch (java.io.IOException e) {
        assertThat(e).hasMessageStartingWith("a record ");
      }
    }
  }
}
