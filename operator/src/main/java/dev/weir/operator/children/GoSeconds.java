package dev.weir.operator.children;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Durations as a class says them, `1m30s`, in whole seconds rounded up.
final class GoSeconds {
  private static final Pattern PART = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)(ms|h|m|s)");

  private GoSeconds() {}

  static long parse(String text) {
    Matcher part = PART.matcher(text);
    double seconds = 0;
    while (part.find()) {
      seconds += Double.parseDouble(part.group(1)) * unit(part.group(2));
    }
    return (long) Math.ceil(seconds);
  }

  private static double unit(String name) {
    return switch (name) {
      case "h" -> 3600;
      case "m" -> 60;
      case "s" -> 1;
      default -> 0.001;
    };
  }
}
