package dev.weir.agent.template;

import dev.weir.agent.go.GoQuote;
import dev.weir.agent.regex.GoMatch;
import dev.weir.agent.regex.GoRegex;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Functions on text.
final class TextFunctions {
  private static final int LONGEST = 1 << 20;

  private TextFunctions() {}

  static void addTo(Functions functions) {
    functions.texts("contains", (part, text) -> text.contains(part));
    functions.texts("hasPrefix", (prefix, text) -> text.startsWith(prefix));
    functions.texts("hasSuffix", (suffix, text) -> text.endsWith(suffix));
    functions.exactly("Replace", 4, TextFunctions::replaceSome);
    functions.exactly(
        "replace",
        3,
        arguments ->
            Growth.replaced(
                Values.text(arguments, 2), Values.text(arguments, 0), Values.text(arguments, 1)));
    functions.texts("Trim", (text, set) -> right(left(text, set), set));
    functions.texts("TrimLeft", TextFunctions::left);
    functions.texts("TrimRight", TextFunctions::right);
    functions.texts("TrimPrefix", TextFunctions::withoutPrefix);
    functions.texts("TrimSuffix", TextFunctions::withoutSuffix);
    functions.text("TrimSpace", String::strip);
    functions.text("trim", String::strip);
    functions.texts("trimAll", (set, text) -> right(left(text, set), set));
    functions.texts("trimPrefix", (prefix, text) -> withoutPrefix(text, prefix));
    functions.texts("trimSuffix", (suffix, text) -> withoutSuffix(text, suffix));
    functions.text("nospace", text -> text.replaceAll("\\s+", ""));
    functions.exactly("trunc", 2, TextFunctions::truncated);
    functions.exactly("substr", 3, TextFunctions::part);
    functions.exactly("repeat", 2, TextFunctions::repeated);
    functions.add("quote", 0, -1, arguments -> quoted(arguments, true));
    functions.add("squote", 0, -1, arguments -> quoted(arguments, false));
    functions.add("cat", 0, -1, TextFunctions::joinedByBlanks);
    functions.exactly("indent", 2, TextFunctions::indented);
    functions.exactly("nindent", 2, arguments -> "\n" + indented(arguments));
    functions.exactly(
        "plural", 3, arguments -> Values.text(arguments, Values.whole(arguments, 2) == 1 ? 0 : 1));
    functions.exactly("abbrev", 2, TextFunctions::abbreviated);
    functions.exactly("wrap", 2, TextFunctions::wrapped);
    functions.texts("regexMatch", (regex, text) -> KnownRegexes.of(regex).find(text));
    functions.texts("regexFind", TextFunctions::found);
    functions.exactly("regexFindAll", 3, TextFunctions::allFound);
    functions.exactly(
        "regexReplaceAll",
        3,
        arguments ->
            expanded(regex(arguments), Values.text(arguments, 1), Values.text(arguments, 2)));
    functions.exactly("regexReplaceAllLiteral", 3, TextFunctions::replacedLiterally);
    functions.exactly("regexSplit", 3, TextFunctions::split);
    functions.text("regexQuoteMeta", GoRegex::quote);
  }

  private static GoRegex regex(List<? extends @Nullable Object> arguments)
      throws TemplateException {
    return KnownRegexes.of(Values.text(arguments, 0));
  }

  private static String expanded(GoRegex regex, String text, String template) {
    return regex.replaceAll(text, Growth.bounded(match -> match.expand(template)));
  }

  private static String replaceSome(List<? extends @Nullable Object> arguments)
      throws TemplateException {
    String text = Values.text(arguments, 0);
    String old = Values.text(arguments, 1);
    String replacement = Values.text(arguments, 2);
    long most = Values.whole(arguments, 3);
    if (most < 0) {
      return Growth.replaced(text, old, replacement);
    }
    var out = new StringBuilder();
    int at = 0;
    for (long i = 0; i < most; i++) {
      int next = text.indexOf(old, at);
      if (next < 0 || (old.isEmpty() && next >= text.length())) {
        break;
      }
      out.append(text, at, next).append(replacement);
      Growth.check(out.length() - (long) text.length());
      at = next + old.length();
      if (old.isEmpty()) {
        out.append(text.charAt(at++));
      }
    }
    return out.append(text, at, text.length()).toString();
  }

  private static String left(String text, String set) {
    int at = 0;
    while (at < text.length() && set.indexOf(text.codePointAt(at)) >= 0) {
      at += Character.charCount(text.codePointAt(at));
    }
    return text.substring(at);
  }

  private static String right(String text, String set) {
    int end = text.length();
    while (end > 0 && set.indexOf(text.codePointBefore(end)) >= 0) {
      end -= Character.charCount(text.codePointBefore(end));
    }
    return text.substring(0, end);
  }

  private static String withoutPrefix(String text, String prefix) {
    return text.startsWith(prefix) ? text.substring(prefix.length()) : text;
  }

  private static String withoutSuffix(String text, String suffix) {
    return text.endsWith(suffix) ? text.substring(0, text.length() - suffix.length()) : text;
  }

  private static String bytes(String text, int from, int to) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (to > bytes.length) {
      throw new IndexOutOfBoundsException("slice bounds out of range");
    }
    return new String(Arrays.copyOfRange(bytes, from, to), StandardCharsets.UTF_8);
  }

  private static int length(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  private static String truncated(List<? extends @Nullable Object> arguments)
      throws TemplateException {
    long count = Values.whole(arguments, 0);
    String text = Values.text(arguments, 1);
    int length = length(text);
    if (count < 0 && length + count > 0) {
      return bytes(text, (int) (length + count), length);
    }
    return count >= 0 && length > count ? bytes(text, 0, (int) count) : text;
  }

  private static String part(List<? extends @Nullable Object> arguments) throws TemplateException {
    long from = Values.whole(arguments, 0);
    long to = Values.whole(arguments, 1);
    String text = Values.text(arguments, 2);
    int length = length(text);
    if (from < 0) {
      return bytes(text, 0, (int) to);
    }
    return bytes(text, (int) from, to < 0 || to > length ? length : (int) to);
  }

  private static String repeated(List<? extends @Nullable Object> arguments)
      throws TemplateException {
    long count = Values.whole(arguments, 0);
    String text = Values.text(arguments, 1);
    if (count < 0 || count > LONGEST / Math.max(1, text.length())) {
      throw new TemplateException("cannot repeat " + count + " times");
    }
    return text.repeat((int) count);
  }

  private static String quoted(List<? extends @Nullable Object> arguments, boolean twice)
      throws TemplateException {
    List<String> texts = new ArrayList<>();
    for (Object argument : arguments) {
      if (argument != null) {
        String text = Values.print(argument);
        texts.add(twice ? GoQuote.quote(text) : "'" + text + "'");
      }
    }
    return String.join(" ", texts);
  }

  private static String joinedByBlanks(List<? extends @Nullable Object> arguments)
      throws TemplateException {
    List<String> texts = new ArrayList<>();
    for (Object argument : arguments) {
      if (argument != null) {
        texts.add(Values.print(argument));
      }
    }
    return String.join(" ", texts);
  }

  private static String indented(List<? extends @Nullable Object> arguments)
      throws TemplateException {
    long width = Values.whole(arguments, 0);
    if (width < 0 || width > LONGEST) {
      throw new TemplateException("cannot indent by " + width);
    }
    String pad = " ".repeat((int) width);
    return pad + Growth.replaced(Values.text(arguments, 1), "\n", "\n" + pad);
  }

  private static String abbreviated(List<? extends @Nullable Object> arguments)
      throws TemplateException {
    int width = (int) Values.whole(arguments, 0);
    String text = Values.text(arguments, 1);
    return width < 4 || text.length() <= width ? text : text.substring(0, width - 3) + "...";
  }

  private static String wrapped(List<? extends @Nullable Object> arguments)
      throws TemplateException {
    long width = Math.max(1, Values.whole(arguments, 0));
    var out = new StringBuilder();
    int column = 0;
    for (String word : Values.text(arguments, 1).split(" ", -1)) {
      if (!out.isEmpty() && column + 1 + word.length() > width) {
        out.append('\n');
        column = 0;
      } else if (!out.isEmpty()) {
        out.append(' ');
        column++;
      }
      out.append(word);
      column += word.length();
    }
    return out.toString();
  }

  private static String found(String regex, String text) {
    GoMatch match = KnownRegexes.of(regex).match(text);
    return match == null ? "" : Objects.requireNonNullElse(match.group(0), "");
  }

  private static List<String> allFound(List<? extends @Nullable Object> arguments)
      throws TemplateException {
    List<String> found = new ArrayList<>();
    long most = Values.whole(arguments, 2);
    regex(arguments)
        .replaceAll(
            Values.text(arguments, 1),
            match -> {
              if (most < 0 || found.size() < most) {
                found.add(Objects.requireNonNullElse(match.group(0), ""));
              }
              return "";
            });
    return found;
  }

  private static String replacedLiterally(List<? extends @Nullable Object> arguments)
      throws TemplateException {
    String replacement = Values.text(arguments, 2);
    return regex(arguments)
        .replaceAll(Values.text(arguments, 1), Growth.bounded(match -> replacement));
  }

  private static List<String> split(List<? extends @Nullable Object> arguments)
      throws TemplateException {
    String text = Values.text(arguments, 1);
    long most = Values.whole(arguments, 2);
    List<String> parts = new ArrayList<>();
    int[] at = {0};
    regex(arguments)
        .replaceAll(
            text,
            match -> {
              boolean splits = match.end(0) > 0 && (most < 0 || parts.size() < most - 1);
              if (splits && (match.end(0) > match.start(0) || match.start(0) < text.length())) {
                parts.add(text.substring(at[0], match.start(0)));
                at[0] = match.end(0);
              }
              return "";
            });
    if (most != 0) {
      parts.add(text.substring(at[0]));
    }
    return parts;
  }
}
