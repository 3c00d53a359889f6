package dev.weir.agent.template;

import java.util.Locale;
import java.util.function.IntUnaryOperator;

/// Functions on the letter case of text.
final class CaseFunctions {
  private CaseFunctions() {}

  static void addTo(Functions functions) {
    functions.text("ToLower", text -> text.toLowerCase(Locale.ROOT));
    functions.text("ToUpper", text -> text.toUpperCase(Locale.ROOT));
    functions.text("lower", text -> text.toLowerCase(Locale.ROOT));
    functions.text("upper", text -> text.toUpperCase(Locale.ROOT));
    functions.text("title", text -> firstLetters(text, Character::toTitleCase));
    functions.text("untitle", text -> firstLetters(text, Character::toLowerCase));
    functions.text("swapcase", CaseFunctions::swapped);
    functions.text("snakecase", text -> separated(text, '_'));
    functions.text("kebabcase", text -> separated(text, '-'));
    functions.text("camelcase", CaseFunctions::camel);
    functions.text("initials", CaseFunctions::initials);
  }

  private static String firstLetters(String text, IntUnaryOperator change) {
    var out = new StringBuilder();
    boolean first = true;
    for (int c : text.codePoints().toArray()) {
      out.appendCodePoint(first ? change.applyAsInt(c) : c);
      first = !Character.isLetterOrDigit(c) && c != '_' && c != '\'';
    }
    return out.toString();
  }

  private static String swapped(String text) {
    var out = new StringBuilder();
    text.codePoints()
        .map(c -> Character.isUpperCase(c) ? Character.toLowerCase(c) : Character.toUpperCase(c))
        .forEach(out::appendCodePoint);
    return out.toString();
  }

  private static String separated(String text, char separator) {
    var out = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '_' || c == '-' || c == ' ') {
        out.append(separator);
        continue;
      }
      boolean starts =
          Character.isUpperCase(c)
              && i > 0
              && Character.isLetterOrDigit(text.charAt(i - 1))
              && (!Character.isUpperCase(text.charAt(i - 1))
                  || (i + 1 < text.length() && Character.isLowerCase(text.charAt(i + 1))));
      out.append(starts ? String.valueOf(separator) : "").append(Character.toLowerCase(c));
    }
    return out.toString();
  }

  private static String camel(String text) {
    var out = new StringBuilder();
    for (String word : text.split("[_\\- ]+", -1)) {
      if (!word.isEmpty()) {
        out.append(Character.toUpperCase(word.charAt(0))).append(word.substring(1));
      }
    }
    return out.toString();
  }

  private static String initials(String text) {
    return text.isBlank() ? "" : words(text);
  }

  private static String words(String text) {
    var out = new StringBuilder();
    for (String word : text.strip().split("\\s+", -1)) {
      out.appendCodePoint(word.codePointAt(0));
    }
    return out.toString();
  }
}
