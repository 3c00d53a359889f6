package dev.weir.agent.river.eval;

import dev.weir.agent.river.eval.Value.ArrayValue;
import dev.weir.agent.river.eval.Value.Function;
import dev.weir.agent.river.eval.Value.StringValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.function.IntUnaryOperator;

/// `string.*`
final class StringFunctions {
  static final Map<String, Function> ALL =
      Map.ofEntries(
          Map.entry("format", Arguments.atLeast(1, StringFunctions::format)),
          Map.entry("join", Arguments.text(2, StringFunctions::join)),
          Map.entry("replace", Arguments.text(3, StringFunctions::replace)),
          Map.entry("split", Arguments.fixed(2, StringFunctions::split)),
          Map.entry("to_lower", Arguments.text(1, a -> map(a.text(0), Character::toLowerCase))),
          Map.entry("to_upper", Arguments.text(1, a -> map(a.text(0), Character::toUpperCase))),
          Map.entry("trim", Arguments.text(2, StringFunctions::trim)),
          Map.entry("trim_prefix", Arguments.text(2, StringFunctions::trimPrefix)),
          Map.entry("trim_suffix", Arguments.text(2, StringFunctions::trimSuffix)),
          Map.entry("trim_space", Arguments.text(1, a -> trim(a.text(0), StringFunctions::space))));

  private StringFunctions() {}

  private static Value format(Arguments arguments) {
    return new StringValue(FormatFunction.format(arguments));
  }

  private static String join(Arguments arguments) {
    List<String> parts = arguments.texts(0);
    String separator = arguments.text(1);
    long length = (long) separator.length() * Math.max(0, parts.size() - 1);
    for (String part : parts) {
      length += part.length();
    }
    Limits.text(length);
    return String.join(separator, parts);
  }

  private static String replace(Arguments arguments) {
    String text = arguments.text(0);
    String old = arguments.text(1);
    String replacement = arguments.text(2);
    if (old.isEmpty()) {
      return interleave(text, replacement);
    }
    long count = count(text, old);
    Limits.text(text.length() + count * (replacement.length() - old.length()));
    return text.replace(old, replacement);
  }

  /// What replacing the empty text means: the replacement stands around every character.
  private static String interleave(String text, String replacement) {
    long characters = text.codePointCount(0, text.length());
    Limits.text(text.length() + (characters + 1) * replacement.length());
    var out = new StringBuilder(replacement);
    text.codePoints().forEach(c -> out.appendCodePoint(c).append(replacement));
    return out.toString();
  }

  private static long count(String text, String part) {
    long count = 0;
    for (int at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length())) {
      count++;
    }
    return count;
  }

  private static Value split(Arguments arguments) {
    String text = arguments.text(0);
    String separator = arguments.text(1);
    List<Value> parts = new ArrayList<>();
    if (separator.isEmpty()) {
      Limits.elements(text.length());
      text.codePoints().forEach(c -> parts.add(new StringValue(Character.toString(c))));
      return new ArrayValue(parts);
    }
    Limits.elements(count(text, separator));
    int from = 0;
    for (int at = text.indexOf(separator); at >= 0; at = text.indexOf(separator, from)) {
      parts.add(new StringValue(text.substring(from, at)));
      from = at + separator.length();
    }
    parts.add(new StringValue(text.substring(from)));
    return new ArrayValue(parts);
  }

  /// Character by character, as Go does: none becomes two.
  private static String map(String text, IntUnaryOperator operator) {
    var out = new StringBuilder(text.length());
    text.codePoints().map(operator).forEach(out::appendCodePoint);
    return out.toString();
  }

  private static String trim(Arguments arguments) {
    String cutset = arguments.text(1);
    return trim(arguments.text(0), c -> cutset.indexOf(c) >= 0);
  }

  private static String trim(String text, IntPredicate cut) {
    int from = 0;
    int to = text.length();
    while (from < to && cut.test(text.codePointAt(from))) {
      from += Character.charCount(text.codePointAt(from));
    }
    while (to > from && cut.test(text.codePointBefore(to))) {
      to -= Character.charCount(text.codePointBefore(to));
    }
    return text.substring(from, to);
  }

  /// White space as Unicode has it.
  private static boolean space(int c) {
    return (c >= '\t' && c <= '\r') || c == 0x85 || Character.isSpaceChar(c);
  }

  private static String trimPrefix(Arguments arguments) {
    String text = arguments.text(0);
    String prefix = arguments.text(1);
    return text.startsWith(prefix) ? text.substring(prefix.length()) : text;
  }

  private static String trimSuffix(Arguments arguments) {
    String text = arguments.text(0);
    String suffix = arguments.text(1);
    return text.endsWith(suffix) ? text.substring(0, text.length() - suffix.length()) : text;
  }
}
