package dev.weir.agent.loki.tail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.agent.loki.Batch;
import dev.weir.agent.loki.Entry;
import dev.weir.agent.loki.Lane;
import dev.weir.agent.loki.jsonfile.JsonFileRecord;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Splits bytes as a reader does that sees them grow, and asks for what every splitter must hold:
/// entries within their buffer, chunks that are used up, not more text than there was.
final class Splits {
  static final long READ_AT = 1;

  private final Splitter splitter;
  private final Chunk chunk = new Chunk();
  private final Batch batch = new Batch(new Lane("fuzz"));
  private final List<Split> seen = new ArrayList<>();
  private long textLength;

  private Splits(Splitter splitter) {
    this.splitter = splitter;
  }

  /// What an entry is made of.
  record Split(String line, long timestamp, boolean stderr) {}

  /// The entries of bytes that come in steps, and end.
  static List<Split> of(Splitter splitter, byte[] data, int step) {
    return new Splits(splitter).read(data, step);
  }

  /// The entries of bytes that are there at once.
  static List<Split> of(Splitter splitter, byte[] data) {
    return of(splitter, data, Math.max(1, data.length));
  }

  private List<Split> read(byte[] data, int step) {
    chunk.bytes = Arrays.copyOf(data, data.length + JsonFileRecord.SLACK);
    chunk.readAt = READ_AT;
    int available = 0;
    while (available < data.length) {
      available = Math.min(data.length, available + step);
      chunk.to = splitter.complete(chunk.bytes, chunk.from, available);
      assertThat(chunk.to).isBetween(chunk.from, available);
      while (chunk.from < chunk.to) {
        split();
      }
    }
    chunk.to = data.length;
    while (chunk.from < chunk.to) {
      cut();
    }
    splitter.flush(batch);
    take();
    assertThat(textLength).isLessThanOrEqualTo(data.length);
    return seen;
  }

  private void split() {
    int before = chunk.from;
    splitter.split(chunk, batch);
    assertThat(chunk.from).isGreaterThan(before).isLessThanOrEqualTo(chunk.to);
    take();
  }

  private void cut() {
    int before = chunk.from;
    splitter.cut(chunk, batch, true);
    assertThat(chunk.from).isGreaterThan(before).isLessThanOrEqualTo(chunk.to);
    take();
  }

  private void take() {
    for (int i = 0; i < batch.size(); i++) {
      Entry entry = batch.get(i);
      assertThat(entry.offset() + entry.length()).isLessThanOrEqualTo(entry.buffer().length);
      textLength += entry.length();
      seen.add(
          new Split(
              entry.lineText(), entry.timestamp(), entry.labels().equals(TailHarness.STDERR)));
    }
    batch.clear();
  }
}
