package dev.weir.agent.timelayout;

import java.time.Instant;
import java.time.ZoneId;

/// An instant with the offset it was written in.
///
/// @param seconds since 1970 UTC
/// @param nanos of the second
/// @param offset seconds east of UTC
/// @param zone name of the zone; `""` when it has none but its offset
public record GoTime(long seconds, int nanos, int offset, String zone) {
  /// An instant as it is written in a zone.
  public static GoTime at(Instant time, ZoneId zone) {
    return new GoTime(
        time.getEpochSecond(),
        time.getNano(),
        zone.getRules().getOffset(time).getTotalSeconds(),
        ZoneNames.name(zone, time));
  }

  /// Nanoseconds since 1970 UTC; outside of 1678 to 2262 it wraps around, as in Go.
  public long unixNanos() {
    return seconds * Civil.NANOS_PER_SECOND + nanos;
  }
}
