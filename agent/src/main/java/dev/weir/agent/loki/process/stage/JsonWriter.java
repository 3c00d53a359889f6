package dev.weir.agent.loki.process.stage;

import dev.weir.agent.loki.RawText;
import java.util.Arrays;

/// Writes JSON as bytes, strings as Go does: control characters, `<`, `>`, `&` and the two line
/// separators of Unicode are escaped. Bytes that are not UTF-8 are written as they are.
///
/// Not thread-safe.
final class JsonWriter {
  private static final byte[] HEX = {
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'
  };

  /// Whether an ASCII character needs more than itself.
  private static final boolean[] SPECIAL = new boolean[256];

  static {
    Arrays.fill(SPECIAL, 0, ' ', true);
    for (char c : "\"\\<>&\u00e2".toCharArray()) {
      SPECIAL[c] = true;
    }
  }

  private byte[] text = new byte[512];
  private int size;

  /// A string with its quotes.
  static byte[] quoted(String string) {
    var writer = new JsonWriter();
    byte[] bytes = RawText.encode(string);
    writer.string(bytes, 0, bytes.length);
    return Arrays.copyOf(writer.text, writer.size);
  }

  void clear() {
    size = 0;
  }

  int size() {
    return size;
  }

  void copyTo(byte[] to, int at) {
    System.arraycopy(text, 0, to, at, size);
  }

  void raw(char ascii) {
    room(1);
    text[size++] = (byte) ascii;
  }

  void raw(byte[] bytes) {
    room(bytes.length);
    System.arraycopy(bytes, 0, text, size, bytes.length);
    size += bytes.length;
  }

  /// Writes a string with its quotes.
  void string(byte[] buffer, int offset, int length) {
    // An escaped byte takes six at most.
    room(6 * length + 2);
    text[size++] = '"';
    int end = offset + length;
    int at = offset;
    while (at < end) {
      int plain = at;
      while (at < end && !SPECIAL[buffer[at] & 0xff]) {
        at++;
      }
      System.arraycopy(buffer, plain, text, size, at - plain);
      size += at - plain;
      if (at < end) {
        at += special(buffer, at, end);
      }
    }
    text[size++] = '"';
  }

  /// Returns how many bytes it has dealt with.
  private int special(byte[] buffer, int at, int end) {
    byte b = buffer[at];
    switch (b) {
      case '"', '\\' -> escape(b);
      case '\n' -> escape((byte) 'n');
      case '\r' -> escape((byte) 'r');
      case '\t' -> escape((byte) 't');
      case (byte) 0xe2 -> {
        if (at + 2 < end && buffer[at + 1] == (byte) 0x80 && (buffer[at + 2] & 0xfe) == 0xa8) {
          unicode(0x2028 | (buffer[at + 2] & 1));
          return 3;
        }
        text[size++] = b;
      }
      default -> unicode(b);
    }
    return 1;
  }

  private void escape(byte as) {
    text[size++] = '\\';
    text[size++] = as;
  }

  private void unicode(int c) {
    text[size++] = '\\';
    text[size++] = 'u';
    for (int shift = 12; shift >= 0; shift -= 4) {
      text[size++] = HEX[(c >> shift) & 0xf];
    }
  }

  private void room(int more) {
    if (size + more > text.length) {
      text = Arrays.copyOf(text, Math.max(size + more, 2 * text.length));
    }
  }
}
