package dev.weir.agent.go;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// One directive of a format: its flags, and what its letter does with an operand.
final class GoVerb {
  private final StringBuilder out;
  private final int limit;
  private boolean minus;
  private boolean plus;
  private boolean sharp;
  private boolean space;
  private boolean zero;

  /// Negative without one.
  private int width = -1;

  /// Negative without one.
  private int precision = -1;

  GoVerb(StringBuilder out, int limit) {
    this.out = out;
    this.limit = limit;
  }

  /// Takes a flag.
  ///
  /// @return whether the character is one
  boolean flag(char c) {
    switch (c) {
      case '-' -> minus = true;
      case '+' -> plus = true;
      case '#' -> sharp = true;
      case ' ' -> space = true;
      case '0' -> zero = true;
      default -> {
        return false;
      }
    }
    return true;
  }

  /// A negative width puts the text to the left.
  void width(int width) {
    minus |= width < 0;
    this.width = Math.abs(width);
  }

  void precision(int precision) {
    this.precision = precision;
  }

  /// What Go calls the type of an operand.
  static String type(Object value) {
    return switch (value) {
      case Boolean _ -> "bool";
      case String _ -> "string";
      case Double _ -> "float64";
      case Number _ -> "int";
      case List<?> _ -> "[]interface {}";
      default -> "map[string]interface {}";
    };
  }

  void write(@Nullable Object value, int verb) {
    if (out.length() > limit) {
      return;
    }
    if (value == null) {
      missing(verb);
    } else if (verb == 'T') {
      pad(type(value));
    } else {
      switch (value) {
        case Boolean bool -> bool(bool, verb);
        case String text -> text(text, verb);
        case Double number -> floating(number, verb);
        case Number number -> integer(number.longValue(), verb);
        case List<?> list -> list(list, verb);
        case Map<?, ?> map -> map(map, verb);
        default -> bad(value, verb);
      }
    }
  }

  private void missing(int verb) {
    if (verb == 'v' || verb == 'T') {
      pad("<nil>");
    } else {
      out.append("%!").appendCodePoint(verb).append("(<nil>)");
    }
  }

  private void bad(Object value, int verb) {
    out.append("%!").appendCodePoint(verb).append('(').append(type(value)).append('=');
    new GoVerb(out, limit).write(value, 'v');
    out.append(')');
  }

  private void bool(Boolean value, int verb) {
    if (verb == 'v' || verb == 't') {
      pad(value.toString());
    } else {
      bad(value, verb);
    }
  }

  private void text(String text, int verb) {
    switch (verb) {
      case 's' -> pad(cut(text));
      case 'v' -> pad(sharp ? GoQuote.quote(cut(text)) : cut(text));
      case 'q' -> pad(quoted(cut(text)));
      case 'x' -> pad(hex(text));
      case 'X' -> pad(hex(text).toUpperCase(Locale.ROOT));
      default -> bad(text, verb);
    }
  }

  private String cut(String text) {
    if (precision < 0 || text.codePointCount(0, text.length()) <= precision) {
      return text;
    }
    return text.substring(0, text.offsetByCodePoints(0, precision));
  }

  private String quoted(String text) {
    boolean raw = text.codePoints().noneMatch(c -> c == '`' || (c < ' ' && c != '\t') || c == 0x7f);
    if (sharp && raw) {
      return "`" + text + "`";
    }
    return plus ? GoQuote.quoteAscii(text) : GoQuote.quote(text);
  }

  private String hex(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    int length = precision < 0 ? bytes.length : Math.min(precision, bytes.length);
    var digits = new StringBuilder();
    for (int i = 0; i < length; i++) {
      if (space && i > 0) {
        digits.append(' ');
      }
      if (sharp && (space || i == 0)) {
        digits.append("0x");
      }
      digits.append(Character.forDigit((bytes[i] >> 4) & 0xf, 16));
      digits.append(Character.forDigit(bytes[i] & 0xf, 16));
    }
    return digits.toString();
  }

  private void integer(long value, int verb) {
    switch (verb) {
      case 'v', 'd' -> digits(value, 10, "");
      case 'b' -> digits(value, 2, sharp ? "0b" : "");
      case 'o' -> digits(value, 8, sharp ? "0" : "");
      case 'O' -> digits(value, 8, "0o");
      case 'x' -> digits(value, 16, sharp ? "0x" : "");
      case 'X' -> upper(value);
      case 'c' -> pad(character(value));
      case 'q' -> pad(GoQuote.quoteCharacter(character(value)));
      case 'U' -> pad(unicode(value));
      default -> bad(value, verb);
    }
  }

  private void upper(long value) {
    int start = out.length();
    digits(value, 16, sharp ? "0X" : "");
    out.replace(start, out.length(), out.substring(start).toUpperCase(Locale.ROOT));
  }

  private static String character(long value) {
    boolean known = value >= 0 && Character.isValidCodePoint((int) value) && value == (int) value;
    return known ? Character.toString((int) value) : "\ufffd";
  }

  private String unicode(long value) {
    String text = String.format("U+%0" + Math.max(4, precision) + "X", value);
    return sharp ? text + " '" + character(value) + "'" : text;
  }

  private void digits(long value, int radix, String prefix) {
    String sign = sign(value < 0);
    String magnitude = Long.toUnsignedString(Math.abs(value), radix);
    if (precision == 0 && value == 0) {
      padText("");
      return;
    }
    int least = precision;
    if (precision < 0 && zero && !minus && width >= 0) {
      least = width - sign.length();
    }
    String body = "0".repeat(Math.max(0, least - magnitude.length())) + magnitude;
    // The leading zero of an octal number counts among its digits.
    boolean marked = prefix.equals("0") && body.startsWith("0");
    padText(sign + (marked ? "" : prefix) + body);
  }

  private String sign(boolean negative) {
    if (negative) {
      return "-";
    }
    if (plus) {
      return "+";
    }
    return space ? " " : "";
  }

  private void floating(Double number, int verb) {
    switch (verb) {
      case 'v', 'g' -> number(GoFloat.format(number, 'g', precision));
      case 'G' -> number(GoFloat.format(number, 'g', precision).toUpperCase(Locale.ROOT));
      case 'e' -> number(GoFloat.format(number, 'e', digits()));
      case 'E' -> number(GoFloat.format(number, 'e', digits()).toUpperCase(Locale.ROOT));
      case 'f', 'F' -> number(GoFloat.format(number, 'f', digits()));
      default -> bad(number, verb);
    }
  }

  private int digits() {
    return precision < 0 ? 6 : precision;
  }

  private void number(String text) {
    boolean negative = text.startsWith("-");
    String magnitude = negative || text.startsWith("+") ? text.substring(1) : text;
    boolean finite = Character.isDigit(magnitude.charAt(0));
    String sign = text.startsWith("+") && !plus && !space ? "+" : sign(negative);
    int missing = width - sign.length() - magnitude.length();
    if (zero && !minus && finite && missing > 0) {
      out.append(sign).repeat("0", missing).append(magnitude);
    } else {
      padText(sign + magnitude);
    }
  }

  private void list(List<?> list, int verb) {
    out.append(sharp && verb == 'v' ? "[]interface {}{" : "[");
    String separator = "";
    for (Object element : list) {
      out.append(separator);
      write(element, verb);
      separator = sharp && verb == 'v' ? ", " : " ";
    }
    out.append(sharp && verb == 'v' ? '}' : ']');
  }

  private void map(Map<?, ?> map, int verb) {
    boolean syntax = sharp && verb == 'v';
    out.append(syntax ? "map[string]interface {}{" : "map[");
    Map<String, @Nullable Object> sorted = new TreeMap<>();
    map.forEach((key, value) -> sorted.put(String.valueOf(key), value));
    String separator = "";
    for (Map.Entry<String, @Nullable Object> field : sorted.entrySet()) {
      out.append(separator);
      write(field.getKey(), verb);
      out.append(':');
      write(field.getValue(), verb);
      separator = syntax ? ", " : " ";
    }
    out.append(syntax ? '}' : ']');
  }

  private void pad(String text) {
    int missing = width - text.codePointCount(0, text.length());
    if (missing > 0 && zero && !minus) {
      out.repeat("0", missing).append(text);
    } else {
      padText(text);
    }
  }

  /// Fills up with blanks to the width, which counts characters.
  private void padText(String text) {
    int missing = Math.max(0, width - text.codePointCount(0, text.length()));
    if (minus) {
      out.append(text).repeat(" ", missing);
    } else {
      out.repeat(" ", missing).append(text);
    }
  }
}
