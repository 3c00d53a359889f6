package dev.weir.agent.tap;

import dev.weir.agent.loki.Entry;
import dev.weir.agent.loki.Labels;
import dev.weir.agent.loki.Metadata;
import java.nio.charset.StandardCharsets;

/// A copy of an entry as it passed. Immutable.
public final class TappedLine {
  /// What a line costs beside its text.
  private static final int OVERHEAD = 96;

  private final long timestamp;
  private final Labels labels;
  private final Metadata metadata;
  private final byte[] line;

  TappedLine(Entry entry) {
    timestamp = entry.timestamp();
    labels = entry.labels();
    metadata = entry.metadata();
    line = new byte[entry.length()];
    System.arraycopy(entry.buffer(), entry.offset(), line, 0, line.length);
  }

  /// The memory that an entry's copy takes, as good as.
  static int cost(Entry entry) {
    return entry.length() + OVERHEAD;
  }

  int cost() {
    return line.length + OVERHEAD;
  }

  /// Nanoseconds since 1970 UTC.
  public long timestamp() {
    return timestamp;
  }

  public Labels labels() {
    return labels;
  }

  public Metadata metadata() {
    return metadata;
  }

  /// The line; what is not UTF-8 becomes U+FFFD.
  public String text() {
    return new String(line, StandardCharsets.UTF_8);
  }
}
