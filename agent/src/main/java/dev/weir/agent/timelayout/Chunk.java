package dev.weir.agent.timelayout;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A part of a layout: a field, with the plain text before it.
///
/// @param digits decimals of a fraction, else 0
/// @param comma whether a fraction is set off by a comma
record Chunk(String before, Field field, int digits, boolean comma) {
  /// What a reference layout can ask for.
  enum Field {
    NONE,
    LONG_MONTH,
    MONTH,
    NUM_MONTH,
    ZERO_MONTH,
    LONG_WEEKDAY,
    WEEKDAY,
    DAY,
    UNDER_DAY,
    ZERO_DAY,
    UNDER_YEAR_DAY,
    ZERO_YEAR_DAY,
    HOUR,
    HOUR12,
    ZERO_HOUR12,
    MINUTE,
    ZERO_MINUTE,
    SECOND,
    ZERO_SECOND,
    LONG_YEAR,
    YEAR,
    UPPER_PM,
    LOWER_PM,
    ZONE_NAME,
    ISO_ZONE,
    ISO_SECONDS_ZONE,
    ISO_SHORT_ZONE,
    ISO_COLON_ZONE,
    ISO_COLON_SECONDS_ZONE,
    NUM_ZONE,
    NUM_SECONDS_ZONE,
    NUM_SHORT_ZONE,
    NUM_COLON_ZONE,
    NUM_COLON_SECONDS_ZONE,
    FRACTION_ZEROS,
    FRACTION_NINES
  }

  private record Word(String text, Field field) {}

  /// In the order in which they are tried.
  private static final List<Word> WORDS =
      List.of(
          new Word("January", Field.LONG_MONTH),
          new Word("Jan", Field.MONTH),
          new Word("Monday", Field.LONG_WEEKDAY),
          new Word("Mon", Field.WEEKDAY),
          new Word("MST", Field.ZONE_NAME),
          new Word("002", Field.ZERO_YEAR_DAY),
          new Word("01", Field.ZERO_MONTH),
          new Word("02", Field.ZERO_DAY),
          new Word("03", Field.ZERO_HOUR12),
          new Word("04", Field.ZERO_MINUTE),
          new Word("05", Field.ZERO_SECOND),
          new Word("06", Field.YEAR),
          new Word("15", Field.HOUR),
          new Word("1", Field.NUM_MONTH),
          new Word("2006", Field.LONG_YEAR),
          new Word("2", Field.DAY),
          new Word("__2", Field.UNDER_YEAR_DAY),
          new Word("_2", Field.UNDER_DAY),
          new Word("3", Field.HOUR12),
          new Word("4", Field.MINUTE),
          new Word("5", Field.SECOND),
          new Word("PM", Field.UPPER_PM),
          new Word("pm", Field.LOWER_PM),
          new Word("-070000", Field.NUM_SECONDS_ZONE),
          new Word("-07:00:00", Field.NUM_COLON_SECONDS_ZONE),
          new Word("-0700", Field.NUM_ZONE),
          new Word("-07:00", Field.NUM_COLON_ZONE),
          new Word("-07", Field.NUM_SHORT_ZONE),
          new Word("Z070000", Field.ISO_SECONDS_ZONE),
          new Word("Z07:00:00", Field.ISO_COLON_SECONDS_ZONE),
          new Word("Z0700", Field.ISO_ZONE),
          new Word("Z07:00", Field.ISO_COLON_ZONE),
          new Word("Z07", Field.ISO_SHORT_ZONE));

  /// Takes a layout apart. The last chunk has the field NONE.
  static List<Chunk> of(String layout) {
    List<Chunk> chunks = new ArrayList<>();
    int start = 0;
    int at = 0;
    while (at < layout.length()) {
      int fraction = fractionEnd(layout, at);
      if (fraction > 0) {
        boolean zeros = layout.charAt(at + 1) == '0';
        chunks.add(
            new Chunk(
                layout.substring(start, at),
                zeros ? Field.FRACTION_ZEROS : Field.FRACTION_NINES,
                fraction - at - 1,
                layout.charAt(at) == ','));
        at = fraction;
        start = at;
        continue;
      }
      Word word = wordAt(layout, at);
      if (word == null) {
        at++;
        continue;
      }
      chunks.add(new Chunk(layout.substring(start, at), word.field, 0, false));
      at += word.text.length();
      start = at;
    }
    chunks.add(new Chunk(layout.substring(start), Field.NONE, 0, false));
    return List.copyOf(chunks);
  }

  private static @Nullable Word wordAt(String layout, int at) {
    for (Word word : WORDS) {
      if (layout.startsWith(word.text, at) && stands(word.field, layout, at)) {
        return word;
      }
    }
    return null;
  }

  private static boolean stands(Field field, String layout, int at) {
    return switch (field) {
      // A short name that goes on is another word.
      case MONTH, WEEKDAY -> !isLowerCaseAt(layout, at + 3);
      // The underscore before a year is text.
      case UNDER_DAY -> !layout.startsWith("_2006", at);
      default -> true;
    };
  }

  private static boolean isLowerCaseAt(String layout, int at) {
    return at < layout.length() && layout.charAt(at) >= 'a' && layout.charAt(at) <= 'z';
  }

  /// Where `.000` or `,999` at an index ends, -1 when there is none.
  private static int fractionEnd(String layout, int at) {
    char c = layout.charAt(at);
    if ((c != '.' && c != ',') || at + 1 >= layout.length()) {
      return -1;
    }
    char digit = layout.charAt(at + 1);
    if (digit != '0' && digit != '9') {
      return -1;
    }
    int end = at + 1;
    while (end < layout.length() && layout.charAt(end) == digit) {
      end++;
    }
    boolean longer = end < layout.length() && Character.digit(layout.charAt(end), 10) >= 0;
    return longer ? -1 : end;
  }
}
