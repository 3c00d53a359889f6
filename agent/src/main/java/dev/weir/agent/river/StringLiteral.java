package dev.weir.agent.river;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// What the spelling of a string means. The other way goes `GoQuote`.
///
/// Thread-safe.
public final class StringLiteral {
  private StringLiteral() {}

  /// The text that a string literal means. Escapes may name single bytes; what is then no UTF-8
  /// becomes U+FFFD.
  ///
  /// @param spelling with its quotes or back-ticks, as the parser let it pass
  /// @throws IllegalArgumentException for what the parser would not let pass
  public static String decode(String spelling) {
    int last = spelling.length() - 1;
    if (last < 1 || spelling.charAt(0) != spelling.charAt(last)) {
      throw new IllegalArgumentException("not a string literal");
    }
    String inner = spelling.substring(1, last);
    if (spelling.charAt(0) == '`') {
      // A raw string means the same whatever line ends its file was saved with.
      return inner.replace("\r", "");
    }
    return inner.indexOf('\\') < 0 ? inner : unescape(inner);
  }

  private static String unescape(String inner) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(inner.length());
    int at = 0;
    while (at < inner.length()) {
      int backslash = inner.indexOf('\\', at);
      int plainEnd = backslash < 0 ? inner.length() : backslash;
      out.writeBytes(inner.substring(at, plainEnd).getBytes(StandardCharsets.UTF_8));
      at = backslash < 0 ? plainEnd : unescapeOne(inner, backslash + 1, out);
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  /// Decodes the escape whose letter stands at a place; returns the place after it.
  private static int unescapeOne(String inner, int at, ByteArrayOutputStream out) {
    if (at >= inner.length()) {
      throw new IllegalArgumentException("escape sequence not terminated");
    }
    char letter = inner.charAt(at);
    return switch (letter) {
      case 'x' -> writeByte(inner, at + 1, 2, 16, out);
      case 'u' -> writeCharacter(inner, at + 1, 4, out);
      case 'U' -> writeCharacter(inner, at + 1, 8, out);
      case '0', '1', '2', '3', '4', '5', '6', '7' -> writeByte(inner, at, 3, 8, out);
      default -> {
        out.write(simpleEscape(letter));
        yield at + 1;
      }
    };
  }

  private static int simpleEscape(char letter) {
    return switch (letter) {
      case 'a' -> 0x07;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'v' -> 0x0B;
      case '\\', '"' -> letter;
      default -> throw new IllegalArgumentException("unknown escape sequence");
    };
  }

  private static int writeByte(
      String inner, int at, int digits, int base, ByteArrayOutputStream out) {
    long code = code(inner, at, digits, base);
    if (code > 0xFF) {
      throw new IllegalArgumentException("escape sequence is invalid Unicode code point");
    }
    out.write((int) code);
    return at + digits;
  }

  private static int writeCharacter(String inner, int at, int digits, ByteArrayOutputStream out) {
    long code = code(inner, at, digits, 16);
    boolean surrogate = code >= Character.MIN_SURROGATE && code <= Character.MAX_SURROGATE;
    if (code > Character.MAX_CODE_POINT || surrogate) {
      throw new IllegalArgumentException("escape sequence is invalid Unicode code point");
    }
    out.writeBytes(Character.toString((int) code).getBytes(StandardCharsets.UTF_8));
    return at + digits;
  }

  private static long code(String inner, int at, int digits, int base) {
    if (at + digits > inner.length()) {
      throw new IllegalArgumentException("escape sequence not terminated");
    }
    long code = 0;
    for (int i = at; i < at + digits; i++) {
      int digit = Characters.digitValue(inner.charAt(i));
      if (digit >= base) {
        throw new IllegalArgumentException("illegal character in escape sequence");
      }
      code = code * base + digit;
    }
    return code;
  }
}
