package dev.weir.agent.timelayout;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.TimeZone;

/// Short names of zones, such as CET and CEST.
final class ZoneNames {
  private ZoneNames() {}

  /// Seconds east of UTC of a zone's time by that name.
  static OptionalInt offset(ZoneId zone, String name) {
    if (isUtc(zone)) {
      return name.equals("UTC") ? OptionalInt.of(0) : OptionalInt.empty();
    }
    TimeZone names = TimeZone.getTimeZone(zone);
    if (names.getDisplayName(false, TimeZone.SHORT, Locale.US).equals(name)) {
      return OptionalInt.of(names.getRawOffset() / 1000);
    }
    if (names.useDaylightTime()
        && names.getDisplayName(true, TimeZone.SHORT, Locale.US).equals(name)) {
      return OptionalInt.of((names.getRawOffset() + names.getDSTSavings()) / 1000);
    }
    return OptionalInt.empty();
  }

  /// The name of the time in effect, `""` when there is none.
  static String name(ZoneId zone, Instant time) {
    if (isUtc(zone)) {
      return "UTC";
    }
    String name =
        TimeZone.getTimeZone(zone)
            .getDisplayName(zone.getRules().isDaylightSavings(time), TimeZone.SHORT, Locale.US);
    return name.startsWith("GMT") && name.length() > 3 ? "" : name;
  }

  private static boolean isUtc(ZoneId zone) {
    return zone.equals(ZoneOffset.UTC) || zone.getId().equals("UTC");
  }
}
