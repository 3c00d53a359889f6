package dev.weir.agent.loki;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Text that may not be UTF-8, as strings that give the same bytes back.
///
/// A byte that belongs to no character becomes a lone low surrogate, `U+DC80` to `U+DCFF`, which
/// UTF-8 cannot hold, so that it can be told apart on the way back.
public final class RawText {
  private static final int FIRST_STRAY = 0xdc80;
  private static final int LAST_STRAY = 0xdcff;
  private static final int STRAY_TO_BYTE = 0xdc00;

  private RawText() {}

  /// The bytes as text.
  public static String decode(byte[] buffer, int offset, int length) {
    var text = new String(buffer, offset, length, StandardCharsets.UTF_8);
    return text.indexOf('\ufffd') < 0 ? text : decodeStrays(buffer, offset, offset + length);
  }

  private static String decodeStrays(byte[] buffer, int offset, int end) {
    var out = new StringBuilder(end - offset);
    int at = offset;
    while (at < end) {
      int size = size(buffer, at, end);
      if (size == 0) {
        out.append((char) (STRAY_TO_BYTE | (buffer[at] & 0xff)));
        at++;
      } else {
        out.append(new String(buffer, at, size, StandardCharsets.UTF_8));
        at += size;
      }
    }
    return out.toString();
  }

  /// Bytes of the character that starts here; 0 when none does.
  private static int size(byte[] buffer, int at, int end) {
    int first = buffer[at];
    if (first >= 0) {
      return 1;
    }
    int size = first < (byte) 0xe0 ? 2 : first < (byte) 0xf0 ? 3 : 4;
    if (first < (byte) 0xc2 || at + size > end) {
      return 0;
    }
    var text = new String(buffer, at, size, StandardCharsets.UTF_8);
    boolean whole = text.codePointCount(0, text.length()) == 1;
    boolean replacement = size == 3 && first == (byte) 0xef && buffer[at + 1] == (byte) 0xbf;
    return whole && (replacement || text.charAt(0) != '\ufffd') ? size : 0;
  }

  /// Whether the text holds no byte that belongs to no character.
  public static boolean isValid(String text) {
    return !hasStray(text);
  }

  /// The bytes that text stands for.
  public static byte[] encode(String text) {
    return hasStray(text) ? encodeStrays(text) : text.getBytes(StandardCharsets.UTF_8);
  }

  private static boolean hasStray(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (isStray(text, i)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isStray(String text, int index) {
    char c = text.charAt(index);
    return c >= FIRST_STRAY
        && c <= LAST_STRAY
        && (index == 0 || !Character.isHighSurrogate(text.charAt(index - 1)));
  }

  private static byte[] encodeStrays(String text) {
    var out = new byte[3 * text.length()];
    int size = 0;
    int at = 0;
    while (at < text.length()) {
      if (isStray(text, at)) {
        out[size++] = (byte) text.charAt(at++);
        continue;
      }
      int next = at + Character.charCount(text.codePointAt(at));
      byte[] whole = text.substring(at, next).getBytes(StandardCharsets.UTF_8);
      System.arraycopy(whole, 0, out, size, whole.length);
      size += whole.length;
      at = next;
    }
    return Arrays.copyOf(out, size);
  }
}
