package dev.weir.agent.sandbox;

import dev.weir.agent.loki.Metadata;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// One entry in the store. Equal to another of the same nanosecond, text and metadata, which is
/// what makes a duplicate within a stream. Guarded by the store's lock.
final class Stored {
  /// Memory beside text and metadata, estimated: this object, the array, its place in the stream.
  private static final int OVERHEAD = 176;

  final StreamStore stream;
  final long timestamp;
  final byte[] line;
  final Metadata metadata;
  final long arrival;
  private final int hash;
  int pushes = 1;
  boolean evicted;

  Stored(StreamStore stream, PushedEntry entry, long arrival) {
    this.stream = stream;
    this.timestamp = entry.timestamp();
    this.line = entry.line();
    this.metadata = entry.metadata();
    this.arrival = arrival;
    this.hash = 31 * Long.hashCode(timestamp) + Arrays.hashCode(line);
  }

  long bytes() {
    long bytes = (long) OVERHEAD + line.length;
    for (int i = 0; i < metadata.size(); i++) {
      bytes += 96L + metadata.name(i).length() + metadata.value(i).length();
    }
    return bytes;
  }

  StoredEntry view() {
    return new StoredEntry(
        stream.pushed,
        timestamp,
        new String(line, StandardCharsets.UTF_8),
        metadata,
        pushes,
        arrival);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Stored stored
        && hash == stored.hash
        && timestamp == stored.timestamp
        && Arrays.equals(line, stored.line)
        && metadata.equals(stored.metadata);
  }

  @Override
  public int hashCode() {
    return hash;
  }
}
