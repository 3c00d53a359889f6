package dev.weir.agent.sandbox;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// A string literal as Go writes it: in double quotes or single quotes with escapes, or in
/// backticks without.
///
/// @param text what it stands for
/// @param end the index behind its closing quote
record Quoted(String text, int end) {
  /// Reads the literal whose opening quote is at that index; null when it does not end or has an
  /// escape that does not exist.
  static @Nullable Quoted read(String source, int start) {
    char quote = source.charAt(start);
    if (quote == '`') {
      int close = source.indexOf('`', start + 1);
      return close < 0 ? null : new Quoted(source.substring(start + 1, close), close + 1);
    }
    return new Reader(source, start + 1, quote).read();
  }

  private static final class Reader {
    private final String source;
    private final char quote;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private int at;

    Reader(String source, int at, char quote) {
      this.source = source;
      this.at = at;
      this.quote = quote;
    }

    @Nullable Quoted read() {
      while (at < source.length()) {
        int c = source.codePointAt(at);
        at += Character.charCount(c);
        if (c == quote) {
          return new Quoted(out.toString(StandardCharsets.UTF_8), at);
        }
        if (c == '\n' || (c == '\\' && !escape())) {
          return null;
        }
        if (c != '\\') {
          codePoint(c);
        }
      }
      return null;
    }

    private void codePoint(int c) {
      out.writeBytes(Character.toString(c).getBytes(StandardCharsets.UTF_8));
    }

    private boolean escape() {
      if (at >= source.length()) {
        return false;
      }
      char c = source.charAt(at++);
      int plain = "abfnrtv\\'\"".indexOf(c);
      if (plain >= 0) {
        out.write("\u0007\b\f\n\r\t\u000b\\'\"".charAt(plain));
        return true;
      }
      return switch (c) {
        case 'x' -> number(2, 16, true);
        case 'u' -> number(4, 16, false);
        case 'U' -> number(8, 16, false);
        default -> {
          at--;
          yield number(3, 8, true);
        }
      };
    }

    private boolean number(int digits, int radix, boolean asByte) {
      if (at + digits > source.length()) {
        return false;
      }
      long value = 0;
      for (int i = 0; i < digits; i++) {
        int digit = Character.digit(source.charAt(at++), radix);
        if (digit < 0) {
          return false;
        }
        value = value * radix + digit;
      }
      if (asByte) {
        out.write((int) value);
        return value < 256;
      }
      if (value > Character.MAX_CODE_POINT) {
        return false;
      }
      codePoint((int) value);
      return true;
    }
  }
}
