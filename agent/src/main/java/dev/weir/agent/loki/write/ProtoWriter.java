package dev.weir.agent.loki.write;

import java.nio.charset.StandardCharsets;

/// Protobuf's primitives, written to a byte array that has room for them. Each returns the index
/// after what it wrote.
///
/// By hand rather than through `CodedOutputStream`, whose state would be an object per stream and
/// which cannot grow its array.
final class ProtoWriter {
  private ProtoWriter() {}

  static int varintLength(long value) {
    return (Long.SIZE - Long.numberOfLeadingZeros(value | 1) + 6) / 7;
  }

  static int varint(byte[] to, int start, long value) {
    int at = start;
    long left = value;
    while ((left & ~0x7fL) != 0) {
      to[at++] = (byte) (left | 0x80);
      left >>>= 7;
    }
    to[at++] = (byte) left;
    return at;
  }

  /// A field of bytes with its tag and length.
  static int bytes(byte[] to, int start, int tag, byte[] from, int offset, int length) {
    to[start] = (byte) tag;
    int at = varint(to, start + 1, length);
    System.arraycopy(from, offset, to, at, length);
    return at + length;
  }

  /// Bytes that a string takes in UTF-8.
  static int utf8Length(String text) {
    int length = text.length();
    for (int i = 0; i < length; i++) {
      if (text.charAt(i) >= 0x80) {
        return text.getBytes(StandardCharsets.UTF_8).length;
      }
    }
    return length;
  }

  /// A string field, given its length in UTF-8.
  static int string(byte[] to, int start, int tag, String text, int utf8Length) {
    if (utf8Length != text.length()) {
      return bytes(to, start, tag, text.getBytes(StandardCharsets.UTF_8), 0, utf8Length);
    }
    to[start] = (byte) tag;
    int at = varint(to, start + 1, utf8Length);
    for (int i = 0; i < utf8Length; i++) {
      to[at + i] = (byte) text.charAt(i);
    }
    return at + utf8Length;
  }
}
