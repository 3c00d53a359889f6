package dev.weir.agent.loki.write;

import dev.weir.agent.loki.Entry;
import dev.weir.agent.loki.Metadata;

/// Writes an entry as Loki's `EntryAdapter`, with the tag that makes it one of a stream's entries.
///
/// The message: timestamp (1: seconds 1, nanos 2), line (2), structured metadata (3: name 1, value
/// 2). Allocates nothing, unless metadata is not ASCII.
final class EntryEncoder {
  static final int ENTRY_TAG = 0x12;
  private static final int TIMESTAMP_TAG = 0x0a;
  private static final int SECONDS_TAG = 0x08;
  private static final int NANOS_TAG = 0x10;
  private static final int LINE_TAG = 0x12;
  private static final int METADATA_TAG = 0x1a;
  private static final int NAME_TAG = 0x0a;
  private static final int VALUE_TAG = 0x12;
  private static final long BILLION = 1_000_000_000;

  private EntryEncoder() {}

  /// An upper bound of what [#encode] writes, cheap to compute.
  static int room(Entry entry) {
    int room = 48 + entry.length();
    Metadata metadata = entry.metadata();
    for (int i = 0; i < metadata.size(); i++) {
      room += 24 + 3 * (metadata.name(i).length() + metadata.value(i).length());
    }
    return room;
  }

  /// Bytes of text and structured metadata, which is what metrics count.
  static int payload(Entry entry) {
    int bytes = entry.length();
    Metadata metadata = entry.metadata();
    for (int i = 0; i < metadata.size(); i++) {
      bytes += metadata.name(i).length() + metadata.value(i).length();
    }
    return bytes;
  }

  /// Writes the entry and returns the index after it.
  static int encode(Entry entry, byte[] to, int start) {
    long timestamp = entry.timestamp();
    long seconds = Math.floorDiv(timestamp, BILLION);
    int nanos = (int) Math.floorMod(timestamp, BILLION);
    int timeLength = 2 + ProtoWriter.varintLength(seconds) + ProtoWriter.varintLength(nanos);
    int lineLength = 1 + ProtoWriter.varintLength(entry.length()) + entry.length();
    int length = 2 + timeLength + lineLength + metadataLength(entry.metadata());
    to[start] = ENTRY_TAG;
    int at = ProtoWriter.varint(to, start + 1, length);
    to[at++] = TIMESTAMP_TAG;
    to[at++] = (byte) timeLength;
    to[at++] = SECONDS_TAG;
    at = ProtoWriter.varint(to, at, seconds);
    to[at++] = NANOS_TAG;
    at = ProtoWriter.varint(to, at, nanos);
    at = ProtoWriter.bytes(to, at, LINE_TAG, entry.buffer(), entry.offset(), entry.length());
    return metadata(entry.metadata(), to, at);
  }

  private static int metadataLength(Metadata metadata) {
    int length = 0;
    for (int i = 0; i < metadata.size(); i++) {
      int pair = pairLength(utf8(metadata.name(i)), utf8(metadata.value(i)));
      length += 1 + ProtoWriter.varintLength(pair) + pair;
    }
    return length;
  }

  private static int metadata(Metadata metadata, byte[] to, int start) {
    int at = start;
    for (int i = 0; i < metadata.size(); i++) {
      int name = utf8(metadata.name(i));
      int value = utf8(metadata.value(i));
      to[at] = METADATA_TAG;
      at = ProtoWriter.varint(to, at + 1, pairLength(name, value));
      at = ProtoWriter.string(to, at, NAME_TAG, metadata.name(i), name);
      at = ProtoWriter.string(to, at, VALUE_TAG, metadata.value(i), value);
    }
    return at;
  }

  private static int pairLength(int name, int value) {
    return 2 + ProtoWriter.varintLength(name) + name + ProtoWriter.varintLength(value) + value;
  }

  private static int utf8(String text) {
    return ProtoWriter.utf8Length(text);
  }
}
