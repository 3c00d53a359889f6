package dev.weir.agent.pipelinetest;

import dev.weir.agent.loki.Entry;
import dev.weir.agent.loki.Metadata;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/// An entry that would have gone to Loki.
///
/// @param write the component that would have sent it
record Seen(
    String write,
    String line,
    Map<String, String> labels,
    Instant time,
    Map<String, String> metadata) {
  private static final long NANOS = 1_000_000_000;

  static Seen of(String write, Entry entry, Map<String, String> externalLabels) {
    Map<String, String> labels = entry.labels().toMap();
    externalLabels.forEach(labels::putIfAbsent);
    Instant time =
        Instant.ofEpochSecond(
            Math.floorDiv(entry.timestamp(), NANOS), Math.floorMod(entry.timestamp(), NANOS));
    return new Seen(write, entry.lineText(), labels, time, map(entry.metadata()));
  }

  private static Map<String, String> map(Metadata metadata) {
    Map<String, String> map = new TreeMap<>();
    for (int i = 0; i < metadata.size(); i++) {
      map.put(metadata.name(i), metadata.value(i));
    }
    return map;
  }

  /// Whether it is what was expected, in all that was said of that.
  boolean is(TestFile.Line expected) {
    return (expected.line() == null || expected.line().equals(line))
        && (expected.labels() == null || expected.labels().equals(labels))
        && (expected.time() == null || time.equals(expected.instant()))
        && (expected.structuredMetadata() == null
            || expected.structuredMetadata().equals(metadata));
  }
}
