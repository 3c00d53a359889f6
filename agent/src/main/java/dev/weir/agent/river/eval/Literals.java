package dev.weir.agent.river.eval;

import dev.weir.agent.river.Expression.Literal;
import dev.weir.agent.river.eval.Value.BoolValue;
import dev.weir.agent.river.eval.Value.NullValue;
import dev.weir.agent.river.eval.Value.NumberValue;
import dev.weir.agent.river.eval.Value.StringValue;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// Decodes literals from their spelling.
final class Literals {
  private Literals() {}

  /// @throws IllegalArgumentException when the spelling is not one that the lexer lets pass
  static Value value(Literal literal) {
    String text = literal.text();
    return switch (literal.kind()) {
      // Not the shared null: messages find the literal by the identity of its value.
      case NULL -> new NullValue();
      case BOOL -> new BoolValue(text.equals("true"));
      case NUMBER -> new NumberValue(number(text));
      case FLOAT -> new NumberValue(floating(text));
      case STRING -> new StringValue(string(text));
    };
  }

  /// A leading zero makes a number octal, unless a digit says otherwise: `010` is 8, `089` is 89.
  private static Number number(String text) {
    boolean octal = text.length() > 1 && text.charAt(0) == '0';
    try {
      return Long.parseLong(text, octal ? 8 : 10);
    } catch (NumberFormatException e) {
      return floating(text);
    }
  }

  private static Double floating(String text) {
    double value = Double.parseDouble(text);
    if (Double.isInfinite(value)) {
      throw new IllegalArgumentException("number " + text + " is out of range");
    }
    return value;
  }

  private static String string(String text) {
    String inner = text.substring(1, text.length() - 1);
    if (text.charAt(0) == '`') {
      return inner.replace("\r", "");
    }
    return inner.indexOf('\\') < 0 ? inner : unescape(inner);
  }

  /// Escapes may spell single bytes of a character, so the text is put together as bytes.
  private static String unescape(String inner) {
    var out = new ByteArrayOutputStream(inner.length());
    int at = 0;
    while (at < inner.length()) {
      int next = inner.indexOf('\\', at);
      if (next < 0) {
        next = inner.length();
      }
      out.writeBytes(inner.substring(at, next).getBytes(StandardCharsets.UTF_8));
      at = next == inner.length() ? next : escape(inner, next + 1, out);
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  /// @return where the text goes on
  private static int escape(String inner, int at, ByteArrayOutputStream out) {
    char c = inner.charAt(at);
    int simple = "abfnrtv\\\"".indexOf(c);
    if (simple >= 0) {
      out.write("\u0007\b\f\n\r\t\u000b\\\"".charAt(simple));
      return at + 1;
    }
    return switch (c) {
      case 'x' -> bytes(inner, at + 1, 2, 16, out);
      case 'u' -> codePoint(inner, at + 1, 4, out);
      case 'U' -> codePoint(inner, at + 1, 8, out);
      default -> bytes(inner, at, 3, 8, out);
    };
  }

  private static int bytes(String inner, int at, int digits, int radix, ByteArrayOutputStream out) {
    out.write(Integer.parseInt(inner.substring(at, at + digits), radix));
    return at + digits;
  }

  private static int codePoint(String inner, int at, int digits, ByteArrayOutputStream out) {
    int code = Integer.parseUnsignedInt(inner.substring(at, at + digits), 16);
    out.writeBytes(Character.toString(code).getBytes(StandardCharsets.UTF_8));
    return at + digits;
  }
}
