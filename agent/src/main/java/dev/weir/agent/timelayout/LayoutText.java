package dev.weir.agent.timelayout;

/// Fields as a layout writes them, for messages.
final class LayoutText {
  private LayoutText() {}

  static String of(Chunk chunk) {
    return switch (chunk.field()) {
      case NONE -> "";
      case LONG_MONTH -> "January";
      case MONTH -> "Jan";
      case NUM_MONTH -> "1";
      case ZERO_MONTH -> "01";
      case LONG_WEEKDAY -> "Monday";
      case WEEKDAY -> "Mon";
      case DAY -> "2";
      case UNDER_DAY -> "_2";
      case ZERO_DAY -> "02";
      case UNDER_YEAR_DAY -> "__2";
      case ZERO_YEAR_DAY -> "002";
      case HOUR -> "15";
      case HOUR12 -> "3";
      case ZERO_HOUR12 -> "03";
      case MINUTE -> "4";
      case ZERO_MINUTE -> "04";
      case SECOND -> "5";
      case ZERO_SECOND -> "05";
      case LONG_YEAR -> "2006";
      case YEAR -> "06";
      case UPPER_PM -> "PM";
      case LOWER_PM -> "pm";
      case ZONE_NAME -> "MST";
      case FRACTION_ZEROS -> (chunk.comma() ? "," : ".") + "0".repeat(chunk.digits());
      case FRACTION_NINES -> (chunk.comma() ? "," : ".") + "9".repeat(chunk.digits());
      default -> zone(chunk.field());
    };
  }

  /// The form of a numeric zone.
  static String zone(Chunk.Field field) {
    return switch (field) {
      case ISO_ZONE -> "Z0700";
      case ISO_SECONDS_ZONE -> "Z070000";
      case ISO_SHORT_ZONE -> "Z07";
      case ISO_COLON_ZONE -> "Z07:00";
      case ISO_COLON_SECONDS_ZONE -> "Z07:00:00";
      case NUM_ZONE -> "-0700";
      case NUM_SECONDS_ZONE -> "-070000";
      case NUM_SHORT_ZONE -> "-07";
      case NUM_COLON_ZONE -> "-07:00";
      case NUM_COLON_SECONDS_ZONE -> "-07:00:00";
      default -> throw new IllegalArgumentException("no numeric zone: " + field);
    };
  }
}
