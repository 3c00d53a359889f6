package dev.weir.agent.river;

import java.util.Locale;

/// The classes of characters that River distinguishes.
final class Characters {
  private static final int LETTERS =
      bit(Character.UPPERCASE_LETTER)
          | bit(Character.LOWERCASE_LETTER)
          | bit(Character.TITLECASE_LETTER)
          | bit(Character.MODIFIER_LETTER)
          | bit(Character.OTHER_LETTER);
  private static final int PRINTABLE =
      LETTERS
          | bit(Character.NON_SPACING_MARK)
          | bit(Character.ENCLOSING_MARK)
          | bit(Character.COMBINING_SPACING_MARK)
          | bit(Character.DECIMAL_DIGIT_NUMBER)
          | bit(Character.LETTER_NUMBER)
          | bit(Character.OTHER_NUMBER)
          | bit(Character.DASH_PUNCTUATION)
          | bit(Character.START_PUNCTUATION)
          | bit(Character.END_PUNCTUATION)
          | bit(Character.CONNECTOR_PUNCTUATION)
          | bit(Character.OTHER_PUNCTUATION)
          | bit(Character.INITIAL_QUOTE_PUNCTUATION)
          | bit(Character.FINAL_QUOTE_PUNCTUATION)
          | bit(Character.MATH_SYMBOL)
          | bit(Character.CURRENCY_SYMBOL)
          | bit(Character.MODIFIER_SYMBOL)
          | bit(Character.OTHER_SYMBOL);

  private Characters() {}

  static boolean isLetter(int codePoint) {
    return codePoint == '_' || is(LETTERS, codePoint);
  }

  static boolean isDigit(int codePoint) {
    return Character.getType(codePoint) == Character.DECIMAL_DIGIT_NUMBER;
  }

  static boolean isDecimal(int codePoint) {
    return codePoint >= '0' && codePoint <= '9';
  }

  /// Whether a quoted string shows the character as itself.
  static boolean isPrintable(int codePoint) {
    return codePoint == ' ' || is(PRINTABLE, codePoint);
  }

  /// The value of a hexadecimal digit, 16 for anything else.
  static int digitValue(int codePoint) {
    int value = codePoint < 128 ? Character.digit(codePoint, 16) : -1;
    return value < 0 ? 16 : value;
  }

  /// `U+0023 '#'`, without the character when it cannot be shown.
  static String describe(int codePoint) {
    String code = String.format(Locale.ROOT, "U+%04X", codePoint);
    return isPrintable(codePoint) ? code + " '" + Character.toString(codePoint) + "'" : code;
  }

  private static boolean is(int classes, int codePoint) {
    return (bit(Character.getType(codePoint)) & classes) != 0;
  }

  private static int bit(int type) {
    return 1 << type;
  }
}
