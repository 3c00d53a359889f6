package dev.weir.agent.loki.write;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.Predicate;

/// An encoded push request taken apart: where its streams and entries are.
///
/// Reads what [Stream] and [EntryEncoder] write, with fields in their order.
final class PushContent {
  private static final long BILLION = 1_000_000_000;

  private final byte[] bytes;
  private final List<Piece> entries = new ArrayList<>();
  private int at;

  /// An entry: its place with tag and length, its stream's labels field, and its bytes of text and
  /// structured metadata.
  private record Piece(int start, int end, int labelsStart, int labelsEnd, int payload) {}

  /// An encoded push request with some of the entries.
  @SuppressWarnings("ArrayRecordComponent") // compared by nobody
  record Selection(byte[] bytes, int entries, long payload) {}

  /// An entry, decoded.
  ///
  /// @param timestamp in nanoseconds
  @SuppressWarnings("ArrayRecordComponent") // compared by nobody
  record Item(String labels, long timestamp, byte[] line) {}

  /// Some streams of it.
  record Streams(int streams, int entries, long payload) {}

  private PushContent(byte[] bytes) {
    this.bytes = bytes;
  }

  static PushContent parse(byte[] bytes) {
    var content = new PushContent(bytes);
    while (content.at < bytes.length) {
      content.stream();
    }
    return content;
  }

  int entries() {
    return entries.size();
  }

  /// All entries, decoded.
  List<Item> items() {
    List<Item> items = new ArrayList<>();
    for (int i = 0; i < entries.size(); i++) {
      items.add(item(i));
    }
    return items;
  }

  private Item item(int index) {
    Piece piece = entries.get(index);
    String labels = labels(piece);
    at = piece.start();
    fieldEnd();
    int timeEnd = fieldEnd();
    at++;
    long seconds = varint();
    at++;
    long timestamp = seconds * BILLION + varint();
    at = timeEnd;
    int lineEnd = fieldEnd();
    return new Item(labels, timestamp, Arrays.copyOfRange(bytes, at, lineEnd));
  }

  /// The streams whose labels are chosen.
  Streams streams(Predicate<String> chosen) {
    int streams = 0;
    int count = 0;
    long payload = 0;
    for (int i = 0; i < entries.size(); ) {
      int next = nextStream(i);
      if (chosen.test(labels(entries.get(i)))) {
        streams++;
        count += next - i;
        for (int k = i; k < next; k++) {
          payload += entries.get(k).payload();
        }
      }
      i = next;
    }
    return new Streams(streams, count, payload);
  }

  private String labels(Piece entry) {
    at = entry.labelsStart() + 1;
    int length = (int) varint();
    return new String(bytes, at, length, StandardCharsets.UTF_8);
  }

  private void stream() {
    int end = fieldEnd();
    int labelsStart = at;
    int labelsEnd = fieldEnd();
    at = labelsEnd;
    while (at < end) {
      int start = at;
      int entryEnd = fieldEnd();
      entry(start, entryEnd, labelsStart, labelsEnd);
      at = entryEnd;
    }
  }

  private void entry(int start, int end, int labelsStart, int labelsEnd) {
    at = fieldEnd();
    int lineEnd = fieldEnd();
    int line = lineEnd - at;
    at = lineEnd;
    entries.add(new Piece(start, end, labelsStart, labelsEnd, line + metadata(end)));
  }

  private int metadata(int end) {
    int payload = 0;
    while (at < end) {
      fieldEnd();
      for (int i = 0; i < 2; i++) {
        int textEnd = fieldEnd();
        payload += textEnd - at;
        at = textEnd;
      }
    }
    return payload;
  }

  /// Passes a tag and a length; returns where the field's content ends.
  private int fieldEnd() {
    at++;
    int length = (int) varint();
    return at + length;
  }

  private long varint() {
    long value = 0;
    for (int shift = 0; ; shift += 7) {
      byte b = bytes[at++];
      value |= (long) (b & 0x7f) << shift;
      if (b >= 0) {
        return value;
      }
    }
  }

  /// A push request with the entries whose index is chosen.
  Selection select(IntPredicate chosen) {
    var out = new ByteArrayOutputStream();
    int count = 0;
    long payload = 0;
    for (int i = 0; i < entries.size(); ) {
      int next = nextStream(i);
      var stream = new ByteArrayOutputStream();
      for (int k = i; k < next; k++) {
        if (chosen.test(k)) {
          Piece entry = entries.get(k);
          stream.write(bytes, entry.start(), entry.end() - entry.start());
          count++;
          payload += entry.payload();
        }
      }
      writeStream(out, entries.get(i), stream);
      i = next;
    }
    return new Selection(out.toByteArray(), count, payload);
  }

  private int nextStream(int entry) {
    int labels = entries.get(entry).labelsStart();
    int next = entry;
    while (next < entries.size() && entries.get(next).labelsStart() == labels) {
      next++;
    }
    return next;
  }

  private void writeStream(
      ByteArrayOutputStream out, Piece first, ByteArrayOutputStream streamEntries) {
    if (streamEntries.size() == 0) {
      return;
    }
    int labels = first.labelsEnd() - first.labelsStart();
    var head = new byte[16];
    head[0] = Stream.STREAM_TAG;
    out.write(head, 0, ProtoWriter.varint(head, 1, labels + streamEntries.size()));
    out.write(bytes, first.labelsStart(), labels);
    out.writeBytes(streamEntries.toByteArray());
  }
}
