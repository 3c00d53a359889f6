package dev.weir.agent.template;

import dev.weir.agent.go.GoDuration;
import dev.weir.agent.timelayout.GoTime;
import dev.weir.agent.timelayout.TimeLayout;
import dev.weir.agent.timelayout.TimeParseException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Times and durations.
final class DateFunctions {
  private static final InstantSource CLOCK = InstantSource.system();
  private static final String DAY = "2006-01-02";
  private static final Moment NEVER =
      new Moment(Instant.parse("0001-01-01T00:00:00Z"), ZoneOffset.UTC);
  private static final Duration HALF_A_SECOND = Duration.ofMillis(500);

  /// Each unit that a rounded duration may have, in seconds.
  private static final List<Unit> UNITS =
      List.of(
          new Unit("y", 365L * 24 * 3600),
          new Unit("mo", 30L * 24 * 3600),
          new Unit("d", 24L * 3600),
          new Unit("h", 3600),
          new Unit("m", 60),
          new Unit("s", 1));

  private record Unit(String name, long seconds) {}

  private DateFunctions() {}

  static void addTo(Functions functions) {
    functions.exactly("now", 0, arguments -> now());
    functions.exactly(
        "date", 2, arguments -> time(arguments.get(1)).format(Values.text(arguments, 0), local()));
    functions.exactly("htmlDate", 1, arguments -> time(arguments.get(0)).format(DAY, local()));
    functions.exactly(
        "htmlDateInZone",
        2,
        arguments -> time(arguments.get(0)).format(DAY, zone(Values.text(arguments, 1))));
    for (String name : List.of("dateInZone", "date_in_zone")) {
      functions.exactly(name, 3, DateFunctions::inZone);
    }
    for (String name : List.of("dateModify", "date_modify")) {
      functions.exactly(name, 2, DateFunctions::modifiedIfPossible);
    }
    for (String name : List.of("mustDateModify", "must_date_modify")) {
      functions.exactly(
          name, 2, arguments -> modified(Values.text(arguments, 0), time(arguments.get(1))));
    }
    functions.texts("mustToDate", DateFunctions::parsed);
    functions.texts("toDate", DateFunctions::parsedOrNever);
    functions.exactly(
        "unixEpoch",
        1,
        arguments -> Long.toString(moment(arguments.get(0)).instant().getEpochSecond()));
    functions.exactly("ago", 1, arguments -> ago(time(arguments.get(0))));
    functions.exactly("duration", 1, arguments -> duration(arguments.get(0)));
    functions.exactly("durationRound", 1, arguments -> rounded(length(arguments.get(0))));
  }

  private static Moment now() {
    return new Moment(CLOCK.instant(), local());
  }

  private static ZoneId local() {
    return ZoneId.systemDefault();
  }

  /// A time, or a number of seconds since 1970; the present for everything else.
  private static Moment time(@Nullable Object value) {
    return switch (value) {
      case Moment moment -> moment;
      case Double _ -> now();
      case Number seconds -> new Moment(Instant.ofEpochSecond(seconds.longValue()), local());
      case null, default -> now();
    };
  }

  private static Moment moment(@Nullable Object value) throws TemplateException {
    if (value instanceof Moment moment) {
      return moment;
    }
    throw new TemplateException(
        "wrong type for value; expected time.Time; got " + Values.type(value));
  }

  private static String inZone(List<? extends @Nullable Object> arguments)
      throws TemplateException {
    ZoneId zone = zone(Values.text(arguments, 2));
    return time(arguments.get(1)).format(Values.text(arguments, 0), zone);
  }

  /// UTC where there is no such zone.
  private static ZoneId zone(String name) {
    if (name.equals("Local")) {
      return local();
    }
    try {
      return name.isEmpty() ? ZoneOffset.UTC : ZoneId.of(name);
    } catch (DateTimeException e) {
      return ZoneOffset.UTC;
    }
  }

  private static Moment modified(String by, Moment time) {
    return new Moment(time.instant().plus(GoDuration.parse(by)), time.zone());
  }

  private static Moment modifiedIfPossible(List<? extends @Nullable Object> arguments)
      throws TemplateException {
    Moment time = time(arguments.get(1));
    try {
      return modified(Values.text(arguments, 0), time);
    } catch (IllegalArgumentException e) {
      return time;
    }
  }

  private static Moment parsed(String layout, String text) throws TemplateException {
    try {
      GoTime time = new TimeLayout(layout).parse(text, local());
      Instant instant = Instant.ofEpochSecond(time.seconds(), time.nanos());
      ZoneId zone =
          local().getRules().getOffset(instant).getTotalSeconds() == time.offset()
              ? local()
              : ZoneOffset.ofTotalSeconds(time.offset());
      return new Moment(instant, zone);
    } catch (TimeParseException e) {
      throw new TemplateException("error calling toDate: " + e.getMessage());
    }
  }

  private static Moment parsedOrNever(String layout, String text) {
    try {
      return parsed(layout, text);
    } catch (TemplateException e) {
      return NEVER;
    }
  }

  private static String ago(Moment time) {
    Duration since = Duration.between(time.instant(), CLOCK.instant());
    Duration half = since.isNegative() ? HALF_A_SECOND.negated() : HALF_A_SECOND;
    return GoDuration.format(Duration.ofSeconds(since.plus(half).toMillis() / 1000));
  }

  /// Seconds as a duration; none for what is no number.
  private static String duration(@Nullable Object value) {
    long seconds =
        switch (value) {
          case Double _ -> 0;
          case Number number -> number.longValue();
          case String text -> seconds(text);
          case null, default -> 0;
        };
    return GoDuration.format(Duration.ofSeconds(seconds));
  }

  private static long seconds(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  private static Duration length(@Nullable Object value) {
    return switch (value) {
      case Moment moment -> Duration.between(moment.instant(), CLOCK.instant());
      case Double _ -> Duration.ZERO;
      case Number nanos -> Duration.ofNanos(nanos.longValue());
      case String text -> parsedOrZero(text);
      case null, default -> Duration.ZERO;
    };
  }

  private static Duration parsedOrZero(String text) {
    try {
      return GoDuration.parse(text);
    } catch (IllegalArgumentException e) {
      return Duration.ZERO;
    }
  }

  /// By its largest unit alone.
  private static String rounded(Duration length) {
    long seconds = length.abs().toSeconds();
    for (Unit unit : UNITS) {
      if (seconds > unit.seconds()) {
        return seconds / unit.seconds() + unit.name();
      }
    }
    return seconds + "s";
  }
}
