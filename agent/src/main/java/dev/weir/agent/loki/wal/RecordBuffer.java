package dev.weir.agent.loki.wal;

import dev.weir.agent.loki.Batch;
import dev.weir.agent.loki.Delivery;
import dev.weir.agent.loki.Entry;
import dev.weir.agent.loki.Labels;
import dev.weir.agent.loki.Metadata;
import dev.weir.agent.loki.RawText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A record that is being filled: the entries of all batches that came since the last one was
/// written.
///
/// Its content is a row of items. Labels ([#LABELS]: number of pairs, names and values) come once,
/// before the first entry that has them; an entry ([#ENTRY]) is the index of its labels, its time
/// (8 bytes), its metadata and its text. Numbers and lengths are varints.
///
/// Not thread-safe: the log's lock guards it.
final class RecordBuffer {
  static final byte LABELS = 1;
  static final byte ENTRY = 2;

  /// Larger arrays are not kept.
  private static final int KEPT = 4 << 20;

  private static final int FIRST_SIZE = 64 << 10;
  private static final int MAX_VARINT = 5;

  private final Map<Labels, Integer> known = new HashMap<>();
  private final List<Delivery> deliveries = new ArrayList<>();
  private byte[] bytes = new byte[FIRST_SIZE];
  private int used = Frame.SIZE;
  private int entries;
  private int text;
  private Labels lastLabels = Labels.EMPTY;
  private int lastIndex = -1;

  boolean isEmpty() {
    return entries == 0;
  }

  /// Bytes of the record so far.
  int size() {
    return used;
  }

  int entries() {
    return entries;
  }

  int text() {
    return text;
  }

  /// Holds the batch's delivery until [#release] or [#fail].
  void append(Batch batch) {
    int usedBefore = used;
    int entriesBefore = entries;
    int textBefore = text;
    int labelsBefore = known.size();
    boolean whole = false;
    try {
      int size = batch.size();
      for (int i = 0; i < size; i++) {
        append(batch.get(i));
      }
      whole = true;
    } finally {
      if (!whole) {
        // Such as without memory for more: what others have added must stay readable.
        used = usedBefore;
        entries = entriesBefore;
        text = textBefore;
        known.values().removeIf(index -> index >= labelsBefore);
        lastIndex = -1;
      }
    }
    Delivery delivery = batch.delivery();
    delivery.retain();
    deliveries.add(delivery);
  }

  private void append(Entry entry) {
    int index = indexOf(entry.labels());
    int length = entry.length();
    require(1 + 8 + 3 * MAX_VARINT + length);
    bytes[used++] = ENTRY;
    varint(index);
    Frame.putLong(bytes, used, entry.timestamp());
    used += 8;
    metadata(entry.metadata());
    require(MAX_VARINT + length);
    varint(length);
    System.arraycopy(entry.buffer(), entry.offset(), bytes, used, length);
    used += length;
    text += length;
    entries++;
  }

  private int indexOf(Labels labels) {
    if (lastIndex >= 0 && labels.equals(lastLabels)) {
      return lastIndex;
    }
    Integer index = known.get(labels);
    if (index == null) {
      index = known.size();
      known.put(labels, index);
      define(labels);
    }
    lastLabels = labels;
    lastIndex = index;
    return index;
  }

  private void define(Labels labels) {
    require(1 + MAX_VARINT);
    bytes[used++] = LABELS;
    varint(labels.size());
    for (int i = 0; i < labels.size(); i++) {
      put(labels.name(i));
      put(labels.value(i));
    }
  }

  private void metadata(Metadata metadata) {
    varint(metadata.size());
    for (int i = 0; i < metadata.size(); i++) {
      put(metadata.name(i));
      put(metadata.value(i));
      text += metadata.name(i).length() + metadata.value(i).length();
    }
  }

  private void put(String value) {
    int length = value.length();
    require(MAX_VARINT + length);
    int start = used;
    varint(length);
    for (int i = 0; i < length; i++) {
      char c = value.charAt(i);
      if (c >= 0x80) {
        used = start;
        put(RawText.encode(value));
        return;
      }
      bytes[used++] = (byte) c;
    }
  }

  private void put(byte[] value) {
    require(MAX_VARINT + value.length);
    varint(value.length);
    System.arraycopy(value, 0, bytes, used, value.length);
    used += value.length;
  }

  private void varint(int value) {
    int left = value;
    while ((left & ~0x7f) != 0) {
      bytes[used++] = (byte) (left | 0x80);
      left >>>= 7;
    }
    bytes[used++] = (byte) left;
  }

  private void require(int room) {
    if (bytes.length - used < room) {
      bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(used, room), 2 * bytes.length));
    }
  }

  /// Writes the head; what is returned then holds [#size] bytes of the whole record.
  byte[] finish(long sequence, long textBefore, long millis) {
    new Frame(used - Frame.SIZE, entries, sequence, textBefore, millis, text).writeTo(bytes);
    return bytes;
  }

  /// Its entries are on disk. [#clear] it then.
  void release() {
    deliveries.forEach(Delivery::release);
    deliveries.clear();
  }

  /// Its entries are given up, and read again by their sources.
  void fail() {
    deliveries.forEach(Delivery::fail);
    clear();
  }

  /// Empties it for its next use.
  void clear() {
    deliveries.clear();
    known.clear();
    lastIndex = -1;
    lastLabels = Labels.EMPTY;
    used = Frame.SIZE;
    entries = 0;
    text = 0;
    if (bytes.length > KEPT) {
      bytes = new byte[FIRST_SIZE];
    }
  }
}
