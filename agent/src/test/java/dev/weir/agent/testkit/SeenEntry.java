package dev.weir.agent.testkit;

import dev.weir.agent.loki.Entry;
import dev.weir.agent.loki.Metadata;
import java.util.Map;

/// A copy of an entry as a receiver saw it.
public record SeenEntry(
    String line,
    long timestamp,
    Map<String, String> labels,
    Metadata metadata,
    Map<String, String> origin) {
  /// Copies one.
  public static SeenEntry of(Entry entry) {
    return new SeenEntry(
        entry.lineText(),
        entry.timestamp(),
        entry.labels().toMap(),
        entry.metadata(),
        entry.origin());
  }
}
