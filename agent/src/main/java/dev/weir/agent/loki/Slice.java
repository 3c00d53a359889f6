package dev.weir.agent.loki;

/// Where some text lies: a part of an array of bytes, which is not to be changed.
///
/// Reused for one text after the other. Not thread-safe.
public final class Slice {
  private static final byte[] NO_BYTES = {};

  private byte[] buffer = NO_BYTES;
  private int offset;
  private int length;

  /// Points to other text.
  public void set(byte[] newBuffer, int newOffset, int newLength) {
    buffer = newBuffer;
    offset = newOffset;
    length = newLength;
  }

  /// Points to an entry's line.
  public void set(Entry entry) {
    set(entry.buffer(), entry.offset(), entry.length());
  }

  /// The array that the text is a part of.
  public byte[] buffer() {
    return buffer;
  }

  /// Where it starts.
  public int offset() {
    return offset;
  }

  /// Its bytes.
  public int length() {
    return length;
  }

  /// Where it ends.
  public int end() {
    return offset + length;
  }

  /// The text as a string that gives the same bytes back, see [RawText].
  public String text() {
    return RawText.decode(buffer, offset, length);
  }
}
