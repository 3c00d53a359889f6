package dev.weir.agent.river.eval;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A number of bytes as River writes it: `"1MiB"`, `"8KB"`, `"512"`. Every unit counts in 1024s.
public record ByteSize(long bytes) {
  private static final Pattern FORM = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)([A-Za-z]*)");
  private static final Map<String, Long> UNITS =
      Map.of(
          "", 1L, "B", 1L, "KB", 1L << 10, "KIB", 1L << 10, "MB", 1L << 20, "MIB", 1L << 20, "GB",
          1L << 30, "GIB", 1L << 30, "TB", 1L << 40, "TIB", 1L << 40);

  /// Reads a size.
  ///
  /// @throws IllegalArgumentException when the text is not a number with an optional unit
  @FromText
  public static ByteSize parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("invalid size \"" + text + "\"");
    }
    Long unit = UNITS.get(matcher.group(2).toUpperCase(Locale.ROOT));
    if (unit == null) {
      throw new IllegalArgumentException("unknown unit in size \"" + text + "\"");
    }
    return new ByteSize((long) (Double.parseDouble(matcher.group(1)) * unit));
  }

  @Override
  public String toString() {
    return bytes + "B";
  }
}
