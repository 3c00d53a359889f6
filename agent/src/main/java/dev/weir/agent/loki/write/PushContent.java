package dev.weir.agent.loki.write;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/// An encoded push request taken apart: where its streams and entries are.
///
/// Reads what [Stream] and [EntryEncoder] write, with fields in their order.
final class PushContent {
  private static final long BILLION = 1_000_000_000;

  private final byte[] bytes;
  private final List<Piece> entries = new ArrayList<>();
  private int at;

  /// An entry: its place with tag and length, its stream's labels field, and what it says.
  private record Piece(
      int start, int end, int labelsStart, int labelsEnd, long timestamp, int line, int payload) {}

  /// An encoded push request with some of the entries.
  @SuppressWarnings("ArrayRecordComponent") // compared by nobody
  record Selection(byte[] bytes, int entries, long payload) {}

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

  /// Nanoseconds since 1970.
  long timestamp(int entry) {
    return entries.get(entry).timestamp();
  }

  /// Bytes of text.
  int lineLength(int entry) {
    return entries.get(entry).line();
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
    int timeEnd = fieldEnd();
    at++;
    long seconds = varint();
    at++;
    long nanos = varint();
    at = timeEnd;
    int lineEnd = fieldEnd();
    int line = lineEnd - at;
    at = lineEnd;
    int payload = line + metadata(end);
    long timestamp = seconds * BILLION + nanos;
    entries.add(new Piece(start, end, labelsStart, labelsEnd, timestamp, line, payload));
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
