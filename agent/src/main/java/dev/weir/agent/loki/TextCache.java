package dev.weir.agent.loki;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Strings of bytes that come again and again, such as a label's values: the same bytes give the
/// same string without making one. A new text takes the place of an old one with the same slot.
///
/// Not thread-safe.
public final class TextCache {
  private static final int SLOTS = 64;
  private static final int LONGEST = 256;

  private final @Nullable Known[] slots = new Known[SLOTS];

  private static final class Known {
    final byte[] bytes;
    final String text;
    final boolean valid;

    Known(byte[] bytes) {
      this.bytes = bytes;
      this.text = new String(bytes, StandardCharsets.UTF_8);
      this.valid = TextCache.isValid(bytes, 0, bytes.length, text);
    }

    boolean is(byte[] buffer, int offset, int length) {
      return Arrays.equals(bytes, 0, bytes.length, buffer, offset, offset + length);
    }
  }

  /// The bytes as text; invalid UTF-8 becomes U+FFFD.
  public String text(byte[] buffer, int offset, int length) {
    if (length == 0) {
      return "";
    }
    if (length > LONGEST) {
      return new String(buffer, offset, length, StandardCharsets.UTF_8);
    }
    return known(buffer, offset, length).text;
  }

  /// The bytes as text, or null when they are not UTF-8.
  public @Nullable String validText(byte[] buffer, int offset, int length) {
    if (length > LONGEST) {
      var text = new String(buffer, offset, length, StandardCharsets.UTF_8);
      return isValid(buffer, offset, length, text) ? text : null;
    }
    Known known = known(buffer, offset, length);
    return known.valid ? known.text : null;
  }

  private static boolean isValid(byte[] buffer, int offset, int length, String text) {
    return text.indexOf('\ufffd') < 0 || RawText.isValid(RawText.decode(buffer, offset, length));
  }

  private Known known(byte[] buffer, int offset, int length) {
    int slot = slot(buffer, offset, length);
    Known known = slots[slot];
    if (known == null || !known.is(buffer, offset, length)) {
      known = new Known(Arrays.copyOfRange(buffer, offset, offset + length));
      slots[slot] = known;
    }
    return known;
  }

  private static int slot(byte[] buffer, int offset, int length) {
    int hash = length;
    for (int i = offset; i < offset + length; i++) {
      hash = 31 * hash + buffer[i];
    }
    return (hash ^ (hash >>> 16)) & (SLOTS - 1);
  }
}
