package dev.weir.agent.loki.wal;

import dev.weir.agent.loki.Batch;
import dev.weir.agent.loki.Entry;
import dev.weir.agent.loki.Labels;
import dev.weir.agent.loki.Metadata;
import dev.weir.agent.loki.RawText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Makes entries of what [RecordBuffer] wrote. Their text stays where it is, in the record's bytes.
///
/// Sets of labels and metadata that were in earlier records are given again instead of made anew.
/// Not thread-safe.
final class RecordParser {
  private static final int SLOTS = 256;

  private final List<Labels> labels = new ArrayList<>();
  private final @Nullable Known[] slots = new Known[SLOTS];
  private byte[] bytes = {};
  private int at;
  private int end;

  /// Pairs, and what they make.
  @SuppressWarnings("ArrayRecordComponent") // compared by nobody
  private record Known(byte[] pairs, Labels labels, Metadata metadata) {}

  /// Adds the entries of a record's content to the batch.
  ///
  /// @throws IOException when it is not of this form; the batch then holds some of them
  void parse(byte[] content, int start, int length, Batch batch) throws IOException {
    bytes = content;
    at = start;
    end = start + length;
    labels.clear();
    while (at < end) {
      switch (bytes[at++]) {
        case RecordBuffer.LABELS -> labels.add(pairs().labels());
        case RecordBuffer.ENTRY -> entry(batch.add());
        default -> throw new IOException("a record holds what is not known");
      }
    }
  }

  private void entry(Entry entry) throws IOException {
    int index = varint();
    if (index >= labels.size()) {
      throw new IOException("a record has an entry without labels");
    }
    entry.labels(labels.get(index));
    skip(8);
    entry.timestamp(Frame.longAt(bytes, at - 8));
    if (at < end && bytes[at] == 0) {
      at++;
      entry.metadata(Metadata.EMPTY);
    } else {
      entry.metadata(pairs().metadata());
    }
    int length = varint();
    skip(length);
    entry.line(bytes, at - length, length);
  }

  private Known pairs() throws IOException {
    int start = at;
    int count = varint();
    if (count < 0) {
      throw new IOException("a record has a negative number of pairs");
    }
    int first = at;
    for (int i = 0; i < count; i++) {
      skip(varint());
      skip(varint());
    }
    int slot = hash(start, at) & (SLOTS - 1);
    Known known = slots[slot];
    if (known == null || !Arrays.equals(known.pairs, 0, known.pairs.length, bytes, start, at)) {
      known = known(start, first, count);
      slots[slot] = known;
    }
    return known;
  }

  private Known known(int start, int first, int count) throws IOException {
    int after = at;
    at = first;
    var pairs = new String[2 * count];
    for (int i = 0; i < pairs.length; i++) {
      int length = varint();
      pairs[i] = RawText.decode(bytes, at, length);
      at += length;
    }
    at = after;
    return new Known(Arrays.copyOfRange(bytes, start, after), Labels.of(pairs), Metadata.of(pairs));
  }

  private int hash(int from, int to) {
    int hash = 1;
    for (int i = from; i < to; i++) {
      hash = 31 * hash + bytes[i];
    }
    return hash ^ (hash >>> 16);
  }

  private int varint() throws IOException {
    int value = 0;
    for (int shift = 0; shift < 35; shift += 7) {
      skip(1);
      byte b = bytes[at - 1];
      value |= (b & 0x7f) << shift;
      if (b >= 0) {
        return value;
      }
    }
    throw new IOException("a record has a number that is too long");
  }

  private void skip(int length) throws IOException {
    if (length < 0 || length > end - at) {
      throw new IOException("a record ends too early");
    }
    at += length;
  }
}
