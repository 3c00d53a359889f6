package dev.weir.agent.loki.tail;

/// Parses records of Docker's `local` driver, one at a time, into its fields.
///
/// A record is a protobuf message between two copies of its length, four bytes each, big-endian:
/// `source` (1), `time_nano` (2), `line` (3) without its line end, `partial` (4), and of a part of
/// a long line `partial_log_metadata` (5), of which `last` (1) matters here. Not thread-safe.
final class DockerLocalRecord {
  /// The first bytes of a record that is not whole yet.
  static final int INCOMPLETE = -1;

  /// No record starts here.
  static final int BROKEN = -2;

  /// Bytes that a record has besides its message.
  private static final int FRAME = 8;

  /// Far above what Docker writes: parts of 16 KiB.
  private static final int LONGEST = 1 << 20;

  private static final int VARINT = 0;
  private static final int FIXED64 = 1;
  private static final int LENGTH = 2;
  private static final int FIXED32 = 5;

  private byte[] bytes = {};
  private int at;
  private int end;
  private boolean malformed;

  private boolean stderr;
  private long timestamp;
  private int textStart;
  private int textLength;
  private boolean partial;
  private boolean last;

  boolean stderr() {
    return stderr;
  }

  /// Nanoseconds since 1970.
  long timestamp() {
    return timestamp;
  }

  int textStart() {
    return textStart;
  }

  int textLength() {
    return textLength;
  }

  /// Whether its text ends a line.
  boolean ended() {
    return !partial || last;
  }

  /// Where the record that starts at `from` ends, by its lengths alone.
  ///
  /// @return [#INCOMPLETE] or [#BROKEN] when it does not
  static int end(byte[] bytes, int from, int to) {
    if (to - from < Integer.BYTES) {
      return INCOMPLETE;
    }
    int length = number(bytes, from);
    if (length <= 0 || length > LONGEST) {
      return BROKEN;
    }
    int end = from + FRAME + length;
    if (end > to) {
      return INCOMPLETE;
    }
    return number(bytes, end - Integer.BYTES) == length ? end : BROKEN;
  }

  private static int number(byte[] bytes, int from) {
    return (bytes[from] & 0xff) << 24
        | (bytes[from + 1] & 0xff) << 16
        | (bytes[from + 2] & 0xff) << 8
        | (bytes[from + 3] & 0xff);
  }

  /// Parses the record that starts at `from`.
  ///
  /// @return where it ends; [#INCOMPLETE] or [#BROKEN] when there is none
  int parse(byte[] content, int from, int to) {
    int behind = end(content, from, to);
    if (behind < 0) {
      return behind;
    }
    bytes = content;
    at = from + Integer.BYTES;
    end = behind - Integer.BYTES;
    malformed = false;
    stderr = false;
    timestamp = 0;
    textStart = at;
    textLength = 0;
    partial = false;
    last = false;
    while (at < end && !malformed) {
      field((int) varint());
    }
    return malformed || timestamp == 0 ? BROKEN : behind;
  }

  private void field(int tag) {
    switch (tag) {
      case (1 << 3) | LENGTH -> {
        int length = length();
        stderr = length == 6 && bytes[at + 3] == 'e';
        at += length;
      }
      case (2 << 3) | VARINT -> timestamp = varint();
      case (3 << 3) | LENGTH -> {
        textLength = length();
        textStart = at;
        at += textLength;
      }
      case (4 << 3) | VARINT -> partial = varint() != 0;
      case (5 << 3) | LENGTH -> metadata(length());
      default -> skip(tag);
    }
  }

  private void metadata(int length) {
    int outer = end;
    end = at + length;
    while (at < end && !malformed) {
      int tag = (int) varint();
      if (tag == ((1 << 3) | VARINT)) {
        last = varint() != 0;
      } else {
        skip(tag);
      }
    }
    end = outer;
  }

  private void skip(int tag) {
    switch (tag & 7) {
      case VARINT -> varint();
      case FIXED64 -> at += Long.BYTES;
      case LENGTH -> {
        int length = length();
        at += length;
      }
      case FIXED32 -> at += Integer.BYTES;
      default -> malformed = true;
    }
    malformed |= at > end || tag >>> 3 == 0;
  }

  /// A length of bytes that are all there.
  private int length() {
    long length = varint();
    if (length < 0 || length > end - at) {
      malformed = true;
      return 0;
    }
    return (int) length;
  }

  private long varint() {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      if (at >= end) {
        break;
      }
      byte next = bytes[at++];
      value |= (long) (next & 0x7f) << shift;
      if (next >= 0) {
        return value;
      }
    }
    malformed = true;
    return 0;
  }
}
