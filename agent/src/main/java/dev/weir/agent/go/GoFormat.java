package dev.weir.agent.go;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Formats text as Go's `fmt.Sprintf` does, its complaints about wrong operands included.
///
/// Operands are `null`, `Boolean`, `String`, integers (shown as Go's `int`), `Double`, lists, and
/// maps with text keys.
public final class GoFormat {
  /// Beyond this Go takes a width or precision for a mistake.
  private static final int LARGEST = 1_000_000;

  private final String format;
  private final List<? extends @Nullable Object> operands;
  private final int limit;
  private final StringBuilder out = new StringBuilder();
  private int at;
  private int operand;
  private boolean reordered;
  private boolean afterIndex;
  private boolean goodIndex;

  private GoFormat(String format, List<? extends @Nullable Object> operands, int limit) {
    this.format = format;
    this.operands = operands;
    this.limit = limit;
  }

  /// The formatted text.
  ///
  /// @param limit the most characters that it may have
  /// @throws IllegalArgumentException when it would have more
  public static String format(String format, List<? extends @Nullable Object> operands, int limit) {
    var formatter = new GoFormat(format, operands, limit);
    formatter.run();
    return formatter.out.toString();
  }

  private void run() {
    while (at < format.length()) {
      int percent = format.indexOf('%', at);
      int end = percent < 0 ? format.length() : percent;
      out.append(format, at, end);
      at = end;
      if (percent >= 0) {
        at++;
        directive();
      }
      if (out.length() > limit) {
        throw new IllegalArgumentException("result is too large");
      }
    }
    if (!reordered && operand < operands.size()) {
      extra();
    }
  }

  private void directive() {
    var verb = new GoVerb(out, limit);
    afterIndex = false;
    goodIndex = true;
    flags(verb);
    index();
    width(verb);
    precision(verb);
    if (!afterIndex) {
      index();
    }
    if (at >= format.length()) {
      out.append("%!(NOVERB)");
      return;
    }
    int letter = format.codePointAt(at);
    at += Character.charCount(letter);
    apply(verb, letter);
  }

  private void flags(GoVerb verb) {
    while (at < format.length() && verb.flag(format.charAt(at))) {
      at++;
    }
  }

  private void width(GoVerb verb) {
    if (at < format.length() && format.charAt(at) == '*') {
      at++;
      Integer width = operandSize();
      if (width == null) {
        out.append("%!(BADWIDTH)");
      } else {
        verb.width(width);
      }
      afterIndex = false;
      return;
    }
    int start = at;
    Integer width = number();
    if (width != null) {
      verb.width(width);
    }
    if (afterIndex && at > start) {
      goodIndex = false;
    }
  }

  private void precision(GoVerb verb) {
    if (at >= format.length() || format.charAt(at) != '.') {
      return;
    }
    at++;
    if (afterIndex) {
      goodIndex = false;
    }
    index();
    if (at < format.length() && format.charAt(at) == '*') {
      at++;
      Integer precision = operandSize();
      if (precision == null || precision < 0) {
        verb.precision(-1);
      } else {
        verb.precision(precision);
      }
      if (precision == null) {
        out.append("%!(BADPREC)");
      }
      afterIndex = false;
      return;
    }
    Integer precision = number();
    verb.precision(precision == null ? 0 : precision);
  }

  /// The next operand as a width or precision, null when it cannot be one.
  private @Nullable Integer operandSize() {
    if (operand >= operands.size()) {
      return null;
    }
    Object value = operands.get(operand++);
    if (!(value instanceof Long || value instanceof Integer)) {
      return null;
    }
    long size = ((Number) value).longValue();
    return Math.abs(size) > LARGEST ? null : (int) size;
  }

  /// A number in the format, null without one. One beyond reason takes the rest of the format.
  private @Nullable Integer number() {
    int value = 0;
    int start = at;
    while (at < format.length() && format.charAt(at) >= '0' && format.charAt(at) <= '9') {
      value = value * 10 + format.charAt(at++) - '0';
      if (value > LARGEST) {
        at = format.length();
        return null;
      }
    }
    return at == start ? null : value;
  }

  /// An operand's number in brackets.
  private void index() {
    if (at >= format.length() || format.charAt(at) != '[') {
      return;
    }
    reordered = true;
    int close = format.indexOf(']', at);
    if (close < 0) {
      goodIndex = false;
      at++;
      return;
    }
    at++;
    Integer number = number();
    if (number == null || at != close || number < 1 || number > operands.size()) {
      goodIndex = false;
    } else {
      operand = number - 1;
      afterIndex = true;
    }
    at = close + 1;
  }

  private void apply(GoVerb verb, int letter) {
    if (letter == '%') {
      out.append('%');
    } else if (!goodIndex) {
      out.append("%!").appendCodePoint(letter).append("(BADINDEX)");
    } else if (operand >= operands.size()) {
      out.append("%!").appendCodePoint(letter).append("(MISSING)");
    } else {
      verb.write(operands.get(operand++), letter);
    }
  }

  private void extra() {
    List<String> rest = new ArrayList<>();
    for (Object value : operands.subList(operand, operands.size())) {
      var text = new StringBuilder();
      if (value != null) {
        text.append(GoVerb.type(value)).append('=');
      }
      new GoVerb(text, limit).write(value, 'v');
      rest.add(text.toString());
    }
    out.append("%!(EXTRA ").append(String.join(", ", rest)).append(')');
  }
}
