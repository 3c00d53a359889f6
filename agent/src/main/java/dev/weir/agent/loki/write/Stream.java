package dev.weir.agent.loki.write;

import dev.weir.agent.loki.Entry;
import dev.weir.agent.loki.Labels;
import org.jspecify.annotations.Nullable;

/// A stream of one endpoint: its labels, and the encoded entries that wait in the open push.
///
/// Lives on between pushes, empty. Not thread-safe: its shard's lock guards it.
final class Stream {
  static final int STREAM_TAG = 0x0a;
  private static final int LABELS_TAG = 0x0a;
  private static final int MAX_HEADER = 16;
  private static final byte[] EMPTY = {};

  private final Tenant tenant;
  private final byte[] labels;
  private final boolean refused;
  private byte[] entries = EMPTY;
  private int used;
  private int count;
  private int lastLength;

  Stream(Tenant tenant, Labels labels) {
    this.tenant = tenant;
    this.labels = labels.text();
    this.refused = false;
  }

  /// One whose entries must not be sent.
  Stream(Tenant tenant) {
    this.tenant = tenant;
    this.labels = EMPTY;
    this.refused = true;
  }

  boolean isRefused() {
    return refused;
  }

  Tenant tenant() {
    return tenant;
  }

  boolean isEmpty() {
    return count == 0;
  }

  /// Encodes an entry; returns how many bytes the stream has grown by.
  int append(Entry entry, BufferPool buffers) {
    int room = EntryEncoder.room(entry);
    if (entries.length - used < room) {
      grow(room, buffers);
    }
    int before = used;
    used = EntryEncoder.encode(entry, entries, used);
    count++;
    return used - before;
  }

  private void grow(int room, BufferPool buffers) {
    byte[] known = entries.length == 0 ? asBefore(room, buffers) : null;
    byte[] larger = known == null ? buffers.take(Math.max(used + room, 2 * used)) : known;
    System.arraycopy(entries, 0, larger, 0, used);
    if (entries.length > 0) {
      buffers.give(entries);
    }
    entries = larger;
  }

  /// The array that the stream had in its last push, or one like it, if nobody uses it now: saves
  /// growing to the same size again. It costs no memory, for what was once a burst needs no second
  /// array of that size.
  private byte @Nullable [] asBefore(int room, BufferPool buffers) {
    return lastLength >= room ? buffers.takeIdle(lastLength) : null;
  }

  /// An upper bound of what [#writeTo] writes besides the entries.
  int headerRoom() {
    return MAX_HEADER + labels.length;
  }

  /// Bytes of entries.
  int used() {
    return used;
  }

  /// Writes the stream as a field of a push request; returns the index after it.
  int writeTo(byte[] to, int start) {
    int labelsLength = 1 + ProtoWriter.varintLength(labels.length) + labels.length;
    to[start] = STREAM_TAG;
    int at = ProtoWriter.varint(to, start + 1, labelsLength + used);
    at = ProtoWriter.bytes(to, at, LABELS_TAG, labels, 0, labels.length);
    System.arraycopy(entries, 0, to, at, used);
    return at + used;
  }

  /// Forgets the entries and gives their memory back.
  void clear(BufferPool buffers) {
    buffers.give(entries);
    lastLength = entries.length;
    entries = EMPTY;
    used = 0;
    count = 0;
  }
}
