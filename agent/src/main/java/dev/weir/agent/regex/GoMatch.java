package dev.weir.agent.regex;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A match of a [GoRegex] in a text. Immutable.
public final class GoMatch {
  /// Characters of an expanded template, which ends there: one that names the same long group again
  /// and again would fill the heap.
  private static final int LONGEST = 1 << 23;

  private static final int MOST_DIGITS = 8;

  private final GoRegex regex;
  private final String input;
  private final int[] spans;

  GoMatch(GoRegex regex, String input, int[] spans) {
    this.regex = regex;
    this.input = input;
    this.spans = spans;
  }

  /// Where a group starts (0 is the whole match), -1 when it took no part.
  public int start(int group) {
    return spans[2 * group];
  }

  /// Where a group ends, -1 when it took no part.
  public int end(int group) {
    return spans[2 * group + 1];
  }

  /// A group's text, null when it took no part.
  public @Nullable String group(int group) {
    return start(group) < 0 ? null : input.substring(start(group), end(group));
  }

  /// Fills a template: `$1`, `$name`, `${name}`, `$$`. A name reaches as far as letters, digits and
  /// underscores do; an unknown one is empty.
  public String expand(String template) {
    int dollar = template.indexOf('$');
    if (dollar < 0) {
      return template;
    }
    var out = new StringBuilder();
    int copied = 0;
    while (dollar >= 0) {
      if (out.length() > LONGEST) {
        return out.toString();
      }
      out.append(template, copied, dollar);
      copied = variable(template, dollar, out);
      dollar = template.indexOf('$', copied);
    }
    return out.append(template, copied, template.length()).toString();
  }

  /// Appends the value of the variable at `dollar` and returns where the template goes on.
  private int variable(String template, int dollar, StringBuilder out) {
    int start = dollar + 1;
    if (template.startsWith("$", start)) {
      out.append('$');
      return start + 1;
    }
    boolean braces = template.startsWith("{", start);
    int nameStart = braces ? start + 1 : start;
    int nameEnd = nameEnd(template, nameStart);
    if (nameEnd == nameStart || (braces && !template.startsWith("}", nameEnd))) {
      out.append('$');
      return start;
    }
    appendGroup(template.substring(nameStart, nameEnd), out);
    return braces ? nameEnd + 1 : nameEnd;
  }

  private static int nameEnd(String template, int start) {
    int at = start;
    while (at < template.length()) {
      int c = template.codePointAt(at);
      if (!Character.isLetter(c) && !isDigit(c) && c != '_') {
        break;
      }
      at += Character.charCount(c);
    }
    return at;
  }

  private static boolean isDigit(int c) {
    return Character.getType(c) == Character.DECIMAL_DIGIT_NUMBER;
  }

  private void appendGroup(String name, StringBuilder out) {
    if (name.chars().allMatch(c -> c >= '0' && c <= '9')) {
      boolean usable =
          name.length() <= MOST_DIGITS && (name.length() == 1 || name.charAt(0) != '0');
      int number = usable ? Integer.parseInt(name) : Integer.MAX_VALUE;
      if (number < spans.length / 2 && start(number) >= 0) {
        out.append(input, start(number), end(number));
      }
      return;
    }
    List<String> names = regex.groupNames();
    for (int group = 1; group < names.size(); group++) {
      if (names.get(group).equals(name) && start(group) >= 0) {
        out.append(input, start(group), end(group));
        return;
      }
    }
  }
}
