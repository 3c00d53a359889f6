package dev.weir.agent.loki.source.gelf;

import java.io.ByteArrayOutputStream;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Puts messages together that came in several datagrams. Holds a limited amount of unfinished
/// ones, each for a limited time.
///
/// Not thread-safe.
final class Chunks {
  private static final int HEADER = 12;
  private static final int MOST_CHUNKS = 128;
  private static final int MOST_BYTES = 2 << 20;
  private static final long LONGEST_NANOS = 5_000_000_000L;

  private record Key(Object sender, long id) {}

  private static final class Unfinished {
    final byte[] @Nullable [] parts;
    final long since;
    int missing;
    int bytes;

    Unfinished(int count, long since) {
      parts = new byte[count][];
      missing = count;
      this.since = since;
    }
  }

  private final Map<Key, Unfinished> unfinished = new LinkedHashMap<>();
  private int bytes;
  private int lost;

  /// Whether the bytes are a part of a message.
  static boolean isChunk(byte[] buffer, int from, int end) {
    return end - from >= 2 && buffer[from] == 0x1e && buffer[from + 1] == 0x0f;
  }

  /// Adds a part; returns the message if it is whole now, else null.
  ///
  /// @param now `System.nanoTime`
  byte @Nullable [] add(Object sender, byte[] buffer, int from, int end, long now) {
    expire(now);
    int number = end - from > HEADER ? buffer[from + 10] & 0xff : 0;
    int count = end - from > HEADER ? buffer[from + 11] & 0xff : 0;
    if (count == 0 || count > MOST_CHUNKS || number >= count) {
      lost++;
      return null;
    }
    var key = new Key(sender, id(buffer, from + 2));
    Unfinished message = unfinished.computeIfAbsent(key, _ -> new Unfinished(count, now));
    if (message.parts.length != count || message.parts[number] != null) {
      return null;
    }
    int size = end - from - HEADER;
    var part = new byte[size];
    System.arraycopy(buffer, from + HEADER, part, 0, size);
    message.parts[number] = part;
    message.bytes += size;
    bytes += size;
    message.missing--;
    if (message.missing == 0) {
      unfinished.remove(key);
      bytes -= message.bytes;
      return joined(message);
    }
    makeRoom();
    return null;
  }

  private static long id(byte[] buffer, int at) {
    long id = 0;
    for (int i = 0; i < 8; i++) {
      id = id << 8 | (buffer[at + i] & 0xff);
    }
    return id;
  }

  private static byte[] joined(Unfinished message) {
    var whole = new ByteArrayOutputStream(message.bytes);
    for (byte[] part : message.parts) {
      if (part != null) {
        whole.writeBytes(part);
      }
    }
    return whole.toByteArray();
  }

  private void expire(long now) {
    Iterator<Unfinished> eldest = unfinished.values().iterator();
    while (eldest.hasNext()) {
      Unfinished message = eldest.next();
      if (now - message.since < LONGEST_NANOS) {
        return;
      }
      drop(eldest, message);
    }
  }

  private void makeRoom() {
    Iterator<Unfinished> eldest = unfinished.values().iterator();
    // A message counts for more than its bytes, so that small ones cannot be many.
    while (bytes + 1024 * unfinished.size() > MOST_BYTES && eldest.hasNext()) {
      drop(eldest, eldest.next());
    }
  }

  private void drop(Iterator<Unfinished> at, Unfinished message) {
    at.remove();
    bytes -= message.bytes;
    lost++;
  }

  /// Messages given up since the last call.
  int takeLost() {
    int taken = lost;
    lost = 0;
    return taken;
  }
}
