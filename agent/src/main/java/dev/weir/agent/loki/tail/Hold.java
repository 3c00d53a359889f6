package dev.weir.agent.loki.tail;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The parts of one long line that have come so far.
final class Hold {
  private static final int FIRST_SIZE = 64 << 10;

  private byte[] bytes = {};
  private int length;
  private boolean open;
  private boolean full;
  private boolean dropped;
  private @Nullable Generation generation;
  private long position;
  private long timestamp;

  boolean isOpen() {
    return open;
  }

  /// Whether it takes no more of its line.
  boolean isFull() {
    return full;
  }

  /// Takes no more of its line.
  void fill() {
    full = true;
  }

  /// Gives up its line, of which nothing is to be sent.
  void drop() {
    full = true;
    dropped = true;
    length = 0;
    bytes = new byte[0];
  }

  boolean isDropped() {
    return dropped;
  }

  byte[] bytes() {
    return bytes;
  }

  int length() {
    return length;
  }

  /// The generation that holds the first part.
  @Nullable Generation generation() {
    return generation;
  }

  /// Where the first part starts in its generation.
  long position() {
    return position;
  }

  /// The time of the first part.
  long timestamp() {
    return timestamp;
  }

  /// Begins with a part.
  void start(@Nullable Generation newGeneration, long newPosition, long newTimestamp) {
    open = true;
    full = false;
    dropped = false;
    length = 0;
    generation = newGeneration;
    position = newPosition;
    timestamp = newTimestamp;
  }

  void append(byte[] from, int start, int count) {
    if (bytes.length - length < count) {
      bytes =
          Arrays.copyOf(bytes, Math.max(Math.max(FIRST_SIZE, 2 * bytes.length), length + count));
    }
    System.arraycopy(from, start, bytes, length, count);
    length += count;
  }

  /// Forgets the parts; their bytes belong to the entry made of them, if one was.
  void clear() {
    open = false;
    full = false;
    dropped = false;
    bytes = new byte[0];
    length = 0;
    generation = null;
  }
}
