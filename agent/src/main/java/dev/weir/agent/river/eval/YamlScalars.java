package dev.weir.agent.river.eval;

import dev.weir.agent.river.eval.Value.BoolValue;
import dev.weir.agent.river.eval.Value.NullValue;
import dev.weir.agent.river.eval.Value.NumberValue;
import dev.weir.agent.river.eval.Value.StringValue;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a plain YAML scalar means: null, a bool, a number, a date, else text. `yes` is text.
final class YamlScalars {
  private static final Set<String> NULLS = Set.of("", "~", "null", "Null", "NULL");
  private static final Set<String> TRUE = Set.of("true", "True", "TRUE");
  private static final Set<String> FALSE = Set.of("false", "False", "FALSE");
  private static final Pattern INTEGER =
      Pattern.compile("([-+]?)(0[xX]|0[oO]|0[bB]|0(?=[0-7]))?([0-9a-fA-F]+)");
  private static final Pattern FLOAT =
      Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");
  private static final Pattern SPECIAL = Pattern.compile("[-+]?\\.(inf|Inf|INF)|\\.(nan|NaN|NAN)");
  private static final Pattern DATE = Pattern.compile("([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})");

  private YamlScalars() {}

  static Value value(String text) {
    if (NULLS.contains(text)) {
      return new NullValue();
    }
    if (TRUE.contains(text) || FALSE.contains(text)) {
      return new BoolValue(TRUE.contains(text));
    }
    Number number = number(text);
    return number == null ? new StringValue(date(text)) : new NumberValue(number);
  }

  private static @Nullable Number number(String text) {
    if (SPECIAL.matcher(text).matches()) {
      return special(text);
    }
    if (text.isEmpty() || "+-.0123456789".indexOf(text.charAt(0)) < 0) {
      return null;
    }
    String plain = text.replace("_", "");
    Long integer = integer(plain);
    if (integer != null) {
      return integer;
    }
    return FLOAT.matcher(plain).matches() ? Double.valueOf(plain) : null;
  }

  private static Double special(String text) {
    if (text.toLowerCase(Locale.ROOT).endsWith("nan")) {
      return Double.NaN;
    }
    return text.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
  }

  private static @Nullable Long integer(String text) {
    Matcher matcher = INTEGER.matcher(text);
    if (!matcher.matches()) {
      return null;
    }
    String prefix = matcher.group(2) == null ? "" : matcher.group(2).toLowerCase(Locale.ROOT);
    int radix =
        switch (prefix) {
          case "0x" -> 16;
          case "0o", "0" -> 8;
          case "0b" -> 2;
          default -> 10;
        };
    try {
      return Long.parseLong(matcher.group(1) + matcher.group(3), radix);
    } catch (NumberFormatException e) {
      return null;
    }
  }

  /// A date is midnight in UTC, written in full.
  private static String date(String text) {
    Matcher matcher = DATE.matcher(text);
    if (!matcher.matches()) {
      return text;
    }
    try {
      int year = Integer.parseInt(matcher.group(1));
      int month = Integer.parseInt(matcher.group(2));
      return LocalDate.of(year, month, Integer.parseInt(matcher.group(3))) + "T00:00:00Z";
    } catch (DateTimeException e) {
      return text;
    }
  }
}
