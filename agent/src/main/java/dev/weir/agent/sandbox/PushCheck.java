package dev.weir.agent.sandbox;

import dev.weir.agent.loki.Labels;
import dev.weir.agent.loki.Metadata;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/// The checks that a stream and its entries pass before they are stored. Each returns what is
/// wrong, worded as Loki words it, or null.
///
/// @param now when the push arrived
record PushCheck(Limits limits, Instant now) {
  /// The date and time of an instant, to the second, in UTC.
  static String time(long nanos) {
    return DateTimeFormatter.ISO_INSTANT.format(
        Instant.ofEpochSecond(Math.floorDiv(nanos, 1_000_000_000L)));
  }

  /// The form in which Go prints a time.
  static String goTime(long nanos) {
    var seconds = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);
    long fraction = Math.floorMod(nanos, 1_000_000_000L);
    String digits = fraction == 0 ? "" : ".%09d".formatted(fraction).replaceAll("0+$", "");
    return seconds.format(QueryTimes.instant(nanos)) + digits + " +0000 UTC";
  }

  @Nullable String labels(Labels labels) {
    int names = labels.size() - (labels.get(Discovery.SERVICE_NAME) == null ? 0 : 1);
    if (names > limits.maxLabelNamesPerSeries()) {
      return "entry for stream '%s' has %d label names; limit %d"
          .formatted(labels, names, limits.maxLabelNamesPerSeries());
    }
    for (int i = 0; i < labels.size(); i++) {
      if (utf8(labels.name(i)) > limits.maxLabelNameLength()) {
        return "stream '%s' has label name too long: '%s'".formatted(labels, labels.name(i));
      }
      if (utf8(labels.value(i)) > limits.maxLabelValueLength()) {
        return "stream '%s' has label value too long: '%s'".formatted(labels, labels.value(i));
      }
    }
    return null;
  }

  @Nullable String entry(Labels labels, PushedEntry entry) {
    long oldest = QueryTimes.nanos(now.minus(limits.rejectOldSamplesMaxAge()));
    if (limits.rejectOldSamplesMaxAge().isPositive() && entry.timestamp() < oldest) {
      return "entry for stream '%s' has timestamp too old: %s, oldest acceptable timestamp is: %s"
          .formatted(labels, time(entry.timestamp()), time(oldest));
    }
    if (entry.timestamp() > QueryTimes.nanos(now.plus(limits.creationGracePeriod()))) {
      return "entry for stream '%s' has timestamp too new: %s"
          .formatted(labels, time(entry.timestamp()));
    }
    if (entry.line().length > limits.maxLineSize()) {
      return "max entry size '%d' bytes exceeded for stream '%s' while adding an entry with length"
              .formatted(limits.maxLineSize(), labels)
          + " '%d' bytes".formatted(entry.line().length);
    }
    return metadata(labels, entry.metadata());
  }

  private @Nullable String metadata(Labels labels, Metadata metadata) {
    long size = 0;
    for (int i = 0; i < metadata.size(); i++) {
      size += utf8(metadata.name(i)) + utf8(metadata.value(i));
    }
    if (size > limits.maxStructuredMetadataSize()) {
      return "stream '%s' has structured metadata too large: '%d' bytes, limit: '%d' bytes. %s"
          .formatted(labels, size, limits.maxStructuredMetadataSize(), see("size"));
    }
    if (metadata.size() > limits.maxStructuredMetadataEntries()) {
      return "stream '%s' has too many structured metadata labels: '%d', limit: '%d'. %s"
          .formatted(
              labels, metadata.size(), limits.maxStructuredMetadataEntries(), see("entries_count"));
    }
    return null;
  }

  private static String see(String limit) {
    return "Please see `limits_config.max_structured_metadata_"
        + limit
        + "` or contact your Loki administrator to increase it";
  }

  private static long utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
