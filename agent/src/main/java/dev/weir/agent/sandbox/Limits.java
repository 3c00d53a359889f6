package dev.weir.agent.sandbox;

import java.time.Duration;

/// What a push may hold, with the names and defaults of Loki's own limits. Entries and streams past
/// a limit are refused one by one, the rest of their push is stored.
///
/// @param rejectOldSamplesMaxAge entries older than this are refused; zero takes any age
/// @param creationGracePeriod how far in the future an entry may lie
/// @param unorderedWindow how far an entry may lie behind the newest of its stream; zero for any
/// @param maxLineSize in bytes
/// @param maxLabelNamesPerSeries labels of a stream, not counting the `service_name` Loki adds
/// @param maxLabelNameLength in bytes
/// @param maxLabelValueLength in bytes
/// @param maxStructuredMetadataSize bytes of names and values of one entry
/// @param maxStructuredMetadataEntries pairs of one entry
/// @param maxBodySize bytes of a push, both as sent and as decompressed
/// @param maxMessageSize bytes of a push that is stored, decompressed
public record Limits(
    Duration rejectOldSamplesMaxAge,
    Duration creationGracePeriod,
    Duration unorderedWindow,
    int maxLineSize,
    int maxLabelNamesPerSeries,
    int maxLabelNameLength,
    int maxLabelValueLength,
    int maxStructuredMetadataSize,
    int maxStructuredMetadataEntries,
    int maxBodySize,
    int maxMessageSize) {
  /// The limits of a Loki that nobody has configured.
  public static final Limits LOKI =
      new Limits(
          Duration.ofDays(7),
          Duration.ofMinutes(10),
          Duration.ofHours(1),
          256 * 1024,
          15,
          1024,
          2048,
          64 * 1024,
          128,
          100 * 1024 * 1024,
          4 * 1024 * 1024);

  /// These limits, but entries of any age and order are taken, as replays of old files need.
  public Limits withAnyAge() {
    return new Limits(
        Duration.ZERO,
        creationGracePeriod,
        Duration.ZERO,
        maxLineSize,
        maxLabelNamesPerSeries,
        maxLabelNameLength,
        maxLabelValueLength,
        maxStructuredMetadataSize,
        maxStructuredMetadataEntries,
        maxBodySize,
        maxMessageSize);
  }

  /// These limits with another largest line, in bytes.
  public Limits withMaxLineSize(int bytes) {
    return new Limits(
        rejectOldSamplesMaxAge,
        creationGracePeriod,
        unorderedWindow,
        bytes,
        maxLabelNamesPerSeries,
        maxLabelNameLength,
        maxLabelValueLength,
        maxStructuredMetadataSize,
        maxStructuredMetadataEntries,
        maxBodySize,
        maxMessageSize);
  }

  /// These limits with another largest push, in bytes.
  public Limits withMaxBodySize(int bytes) {
    return new Limits(
        rejectOldSamplesMaxAge,
        creationGracePeriod,
        unorderedWindow,
        maxLineSize,
        maxLabelNamesPerSeries,
        maxLabelNameLength,
        maxLabelValueLength,
        maxStructuredMetadataSize,
        maxStructuredMetadataEntries,
        bytes,
        maxMessageSize);
  }
}
