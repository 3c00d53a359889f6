package dev.weir.agent.template;

import dev.weir.agent.regex.GoRegex;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Bounds what a template makes of what it is given, and the work that it has with it. Lines are
/// written by others, templates by tenants: neither may fill the heap or keep a thread for itself.
final class Growth {
  /// Characters that a function may add to its arguments.
  private static final int MOST_ADDED = 1 << 20;

  /// Characters, or elements of a list, that a function may give.
  private static final int LARGEST = 1 << 23;

  /// Characters and elements that all functions of one run may take and give.
  private static final long MOST_WORK = 1 << 25;

  /// How much slower a regex goes through text than others do.
  private static final int REGEX = 4;

  private static final String TOO_LARGE = "result is too large";

  private long work;

  /// Counts what a function took and gave.
  void count(String name, List<? extends @Nullable Object> arguments, @Nullable Object result)
      throws TemplateException {
    long size = size(result);
    if (size > LARGEST) {
      throw new TemplateException(TOO_LARGE);
    }
    work += size + 1;
    int weight = name.startsWith("regex") || name.startsWith("mustRegex") ? REGEX : 1;
    for (Object argument : arguments) {
      work += weight * size(argument);
    }
    if (work > MOST_WORK) {
      throw new TemplateException("too much work");
    }
  }

  private static long size(@Nullable Object value) {
    return switch (value) {
      case String text -> text.length();
      case List<?> list -> list.size();
      case Map<?, ?> map -> map.size();
      case null, default -> 1;
    };
  }

  /// Refuses to make text longer by so many characters.
  static void check(long added) {
    if (added > MOST_ADDED) {
      throw new IllegalArgumentException(TOO_LARGE);
    }
  }

  /// The text with every occurrence replaced.
  static String replaced(String text, String old, String replacement) {
    int more = replacement.length() - old.length();
    if (more > 0) {
      check(more * occurrences(text, old));
    }
    return text.replace(old, replacement);
  }

  private static long occurrences(String text, String part) {
    if (part.isEmpty()) {
      return text.length() + 1L;
    }
    long count = 0;
    int at = text.indexOf(part);
    while (at >= 0) {
      count++;
      at = text.indexOf(part, at + part.length());
    }
    return count;
  }

  /// The same replacements, until they are too long together.
  static GoRegex.Replacement bounded(GoRegex.Replacement replacement) {
    long[] added = {0};
    return match -> {
      String text = replacement.of(match);
      added[0] += Math.max(0, text.length() - (match.end(0) - match.start(0)));
      check(added[0]);
      return text;
    };
  }
}
