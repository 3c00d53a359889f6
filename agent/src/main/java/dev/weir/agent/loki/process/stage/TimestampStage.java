package dev.weir.agent.loki.process.stage;

import dev.weir.agent.loki.Entry;
import dev.weir.agent.loki.Labels;
import dev.weir.agent.loki.Slice;
import dev.weir.agent.loki.TextCache;
import dev.weir.agent.river.eval.Default;
import dev.weir.agent.timelayout.Rfc3339;
import dev.weir.agent.timelayout.TimeParseException;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// `stage.timestamp`: reads the entry's time from an extracted value.
final class TimestampStage implements Stage {
  static final StageType<Arguments> TYPE =
      new StageType<>("timestamp", Arguments.class, TimestampStage::new);

  private static final int MOST_STREAMS = 10_000;

  /// @param source name of the extracted time
  /// @param format `ANSIC`, `UnixDate`, `RubyDate`, `RFC822`, `RFC822Z`, `RFC850`, `RFC1123`,
  ///   `RFC1123Z`, `RFC3339`, `RFC3339Nano`, `Unix`, `UnixMs`, `UnixUs`, `UnixNs`, or a Go layout
  /// @param fallbackFormats tried in order when `format` does not fit
  /// @param location zone of times that name none, by its IANA name
  /// @param actionOnFailure for a time that cannot be read: `fudge` takes the last one of the label
  ///   set and a nanosecond, `skip` leaves the entry's
  /// @param actionOnDuplicateTimestamp for a time equal to the last one of the label set: `fudge`
  ///   adds a nanosecond, `keep` leaves it
  record Arguments(
      String source,
      String format,
      @Default("[]") List<String> fallbackFormats,
      @Nullable String location,
      @Default("\"fudge\"") String actionOnFailure,
      @Default("\"fudge\"") String actionOnDuplicateTimestamp) {
    Arguments {
      fallbackFormats = List.copyOf(fallbackFormats);
      actionOnFailure = orFudge(actionOnFailure);
      actionOnDuplicateTimestamp = orFudge(actionOnDuplicateTimestamp);
      require(!source.isEmpty(), "timestamp source value is required if timestamp is specified");
      require(!format.isEmpty(), "timestamp format is required");
      require(
          actionOnFailure.equals("fudge") || actionOnFailure.equals("skip"),
          "invalid action on failure (supported values are [skip fudge])");
      require(
          actionOnDuplicateTimestamp.equals("fudge") || actionOnDuplicateTimestamp.equals("keep"),
          "invalid action on duplicate timestamp (supported values are [keep fudge])");
      zone(location);
    }

    private static String orFudge(String action) {
      return action.isEmpty() ? "fudge" : action;
    }

    private static void require(boolean fits, String message) {
      if (!fits) {
        throw new IllegalArgumentException(message);
      }
    }
  }

  private final String source;
  private final List<TimeFormat> formats;
  private final boolean rfc3339;
  private final Slice slice = new Slice();
  private final boolean fudgeFailures;
  private final boolean fudgeDuplicates;
  private final TextCache texts = new TextCache();
  private final Map<Labels, LastTime> lastTimes =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Labels, LastTime> eldest) {
          return size() > MOST_STREAMS;
        }
      };

  /// What a stream's last entry had.
  private static final class LastTime {
    long read;
    long given;
  }

  private TimestampStage(Arguments arguments, StageContext context) {
    source = arguments.source();
    ZoneId zone = zone(arguments.location());
    formats =
        Stream.concat(Stream.of(arguments.format()), arguments.fallbackFormats().stream())
            .map(format -> TimeFormat.of(format, zone, context.clock()))
            .toList();
    rfc3339 = arguments.format().equals("RFC3339") || arguments.format().equals("RFC3339Nano");
    fudgeFailures = arguments.actionOnFailure().equals("fudge");
    fudgeDuplicates = arguments.actionOnDuplicateTimestamp().equals("fudge");
  }

  private static @Nullable ZoneId zone(@Nullable String location) {
    if (location == null || location.isEmpty()) {
      return null;
    }
    try {
      return location.equals("Local") ? ZoneId.systemDefault() : ZoneId.of(location);
    } catch (DateTimeException unknown) {
      throw new IllegalArgumentException(
          "invalid location specified: unknown time zone " + location, unknown);
    }
  }

  @Override
  public void process(Entry entry, Output out) {
    if (!readRfc3339(entry)) {
      String text = entry.extracted().text(source, texts);
      if (text == null || !read(entry, text)) {
        failed(entry);
      }
    }
    out.emit(entry);
  }

  /// The usual format needs no string.
  private boolean readRfc3339(Entry entry) {
    if (!rfc3339 || !entry.extracted().read(source, slice)) {
      return false;
    }
    long time = Rfc3339.parse(slice.buffer(), slice.offset(), slice.length());
    if (time == Rfc3339.NONE) {
      return false;
    }
    given(entry, time);
    return true;
  }

  private boolean read(Entry entry, String text) {
    for (TimeFormat format : formats) {
      try {
        given(entry, format.parse(text));
        return true;
      } catch (TimeParseException doesNotFit) {
        // The next one may.
      }
    }
    return false;
  }

  private void given(Entry entry, long time) {
    if (!fudgeFailures && !fudgeDuplicates) {
      entry.timestamp(time);
      return;
    }
    LastTime last = lastTimes.get(entry.labels());
    if (last == null) {
      last = new LastTime();
      lastTimes.put(entry.labels(), last);
      last.given = time;
    } else if (fudgeDuplicates && time == last.read) {
      last.given++;
    } else {
      last.given = time;
    }
    last.read = time;
    entry.timestamp(last.given);
  }

  private void failed(Entry entry) {
    LastTime last = fudgeFailures ? lastTimes.get(entry.labels()) : null;
    if (last != null) {
      last.given++;
      entry.timestamp(last.given);
    }
  }
}
