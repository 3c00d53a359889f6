package dev.weir.agent.loki.write;

import dev.weir.agent.loki.Delivery;
import dev.weir.agent.loki.Entry;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is being gathered for the next push of a tenant.
///
/// Not thread-safe: its shard's lock guards it.
final class OpenPush {
  private final String tenant;
  private final TenantMetrics metrics;
  private final List<Stream> streams = new ArrayList<>();
  private final List<Delivery> deliveries = new ArrayList<>();
  private @Nullable Delivery newest;
  private int entries;
  private int size;
  private long payload;
  private long since;

  OpenPush(String tenant, TenantMetrics metrics) {
    this.tenant = tenant;
    this.metrics = metrics;
  }

  boolean isEmpty() {
    return entries == 0;
  }

  /// Encoded bytes.
  int size() {
    return size;
  }

  int streams() {
    return streams.size();
  }

  /// When its first entry came, by `System.nanoTime`.
  long since() {
    return since;
  }

  /// Whether the entry would make it larger than a push may be.
  boolean isFullFor(Entry entry, Stream stream, long batchSize) {
    int more = EntryEncoder.room(entry) + (stream.isEmpty() ? stream.headerRoom() : 0);
    return entries > 0 && size + more > batchSize;
  }

  void append(Entry entry, Stream stream, Delivery delivery, BufferPool buffers) {
    if (entries == 0) {
      since = System.nanoTime();
    }
    if (stream.isEmpty()) {
      streams.add(stream);
      size += stream.headerRoom();
    }
    size += stream.append(entry, buffers);
    entries++;
    payload += EntryEncoder.payload(entry);
    if (delivery != newest) {
      delivery.retain();
      deliveries.add(delivery);
      newest = delivery;
    }
  }

  /// Writes the push request to `to`, which has [#size] bytes of room; returns its length.
  int writeTo(byte[] to) {
    int at = 0;
    for (Stream stream : streams) {
      at = stream.writeTo(to, at);
    }
    return at;
  }

  /// Ends this push: the entries are now the bytes given.
  Push sealed(byte[] compressed, int length) {
    return new Push(
        tenant,
        metrics,
        new Push.Part(compressed, length, size, entries, payload),
        deliveries.toArray(Delivery[]::new),
        since);
  }

  /// Hands the entries back to their sources; returns how many.
  int fail(BufferPool buffers) {
    int failed = entries;
    deliveries.forEach(Delivery::fail);
    clear(buffers);
    return failed;
  }

  /// Starts over, empty.
  void clear(BufferPool buffers) {
    for (Stream stream : streams) {
      stream.clear(buffers);
    }
    streams.clear();
    deliveries.clear();
    newest = null;
    entries = 0;
    size = 0;
    payload = 0;
  }
}
