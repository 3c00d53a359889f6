package dev.weir.agent.loki.process.stage;

import dev.weir.agent.timelayout.GoTime;
import dev.weir.agent.timelayout.TimeLayout;
import dev.weir.agent.timelayout.TimeParseException;
import dev.weir.agent.timelayout.UnixTime;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.Month;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A way to read a time: a named format, or a Go layout.
interface TimeFormat {
  Map<String, String> NAMED =
      Map.ofEntries(
          Map.entry("ANSIC", "Mon Jan _2 15:04:05 2006"),
          Map.entry("UnixDate", "Mon Jan _2 15:04:05 MST 2006"),
          Map.entry("RubyDate", "Mon Jan 02 15:04:05 -0700 2006"),
          Map.entry("RFC822", "02 Jan 06 15:04 MST"),
          Map.entry("RFC822Z", "02 Jan 06 15:04 -0700"),
          Map.entry("RFC850", "Monday, 02-Jan-06 15:04:05 MST"),
          Map.entry("RFC1123", "Mon, 02 Jan 2006 15:04:05 MST"),
          Map.entry("RFC1123Z", "Mon, 02 Jan 2006 15:04:05 -0700"),
          Map.entry("RFC3339", "2006-01-02T15:04:05Z07:00"),
          Map.entry("RFC3339Nano", "2006-01-02T15:04:05.999999999Z07:00"));

  /// Nanoseconds since 1970 UTC.
  ///
  /// @throws TimeParseException when the text does not fit
  long parse(String text) throws TimeParseException;

  /// The way of that name, or of that layout.
  ///
  /// @param location for layouts that are not named
  static TimeFormat of(String format, @Nullable ZoneId location, InstantSource clock) {
    return switch (format) {
      case "Unix" -> UnixTime::seconds;
      case "UnixMs" -> text -> UnixTime.whole(text, 1_000_000);
      case "UnixUs" -> text -> UnixTime.whole(text, 1000);
      case "UnixNs" -> text -> UnixTime.whole(text, 1);
      default -> {
        String named = NAMED.get(format);
        if (named != null) {
          yield fixed(new TimeLayout(named), ZoneOffset.UTC);
        }
        var layout = new TimeLayout(format);
        ZoneId zone = location == null ? ZoneOffset.UTC : location;
        yield format.contains("06") ? fixed(layout, zone) : yearless(layout, zone, clock);
      }
    };
  }

  private static TimeFormat fixed(TimeLayout layout, ZoneId zone) {
    return text -> layout.parse(text, zone).unixNanos();
  }

  /// The year is the one that puts the time nearest to now, seen from the turn of the year.
  private static TimeFormat yearless(TimeLayout layout, ZoneId zone, InstantSource clock) {
    return text -> {
      GoTime time = layout.parse(text, zone);
      var read =
          LocalDateTime.ofEpochSecond(time.seconds() + time.offset(), time.nanos(), ZoneOffset.UTC);
      if (read.getYear() != 0) {
        throw new TimeParseException(
            "unexpected year in timestamp without year: " + read.getYear());
      }
      int year = year(read.getMonth(), clock.instant().atZone(zone).toLocalDateTime());
      return nanos(read.plusYears(year), time, zone);
    };
  }

  private static int year(Month read, LocalDateTime now) {
    if (now.getMonth() == Month.DECEMBER && read == Month.JANUARY) {
      return now.getYear() + 1;
    }
    return now.getMonth() == Month.JANUARY && read == Month.DECEMBER
        ? now.getYear() - 1
        : now.getYear();
  }

  private static long nanos(LocalDateTime local, GoTime time, ZoneId zone) {
    boolean ownZone = time.zone().isEmpty() && time.offset() != 0;
    Instant instant =
        ownZone
            ? local.toInstant(ZoneOffset.ofTotalSeconds(time.offset()))
            : local.atZone(zone).toInstant();
    return instant.getEpochSecond() * 1_000_000_000L + instant.getNano();
  }
}
