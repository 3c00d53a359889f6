package dev.weir.agent.loki.source.api;

import java.util.Arrays;

/// Undoes the compression of a snappy block, with every length checked: the bytes may be anybody's.
///
/// Not the native library, which needs a directory it may run code from.
final class Snappy {
  private static final int LENGTH_BYTES = 5;

  private final byte[] from;
  private final byte[] to;
  private int at;
  private int written;

  private Snappy(byte[] from, int start, byte[] to) {
    this.from = from;
    this.at = start;
    this.to = to;
  }

  /// The size that a block says it has when uncompressed.
  ///
  /// @throws MalformedPush when it says none
  static long uncompressedLength(byte[] block) throws MalformedPush {
    long length = 0;
    for (int i = 0; i < Math.min(LENGTH_BYTES, block.length); i++) {
      length |= (block[i] & 0x7fL) << (7 * i);
      if (block[i] >= 0) {
        return length;
      }
    }
    throw corrupt();
  }

  /// The content of a block.
  ///
  /// @throws MalformedPush when it is damaged
  static byte[] uncompress(byte[] block) throws MalformedPush {
    long length = uncompressedLength(block);
    // No element makes more than 64 bytes of two: a length beyond that is a lie.
    if (length > 32L * block.length) {
      throw corrupt();
    }
    int start = 0;
    while (block[start] < 0) {
      start++;
    }
    var content = new byte[(int) length];
    try {
      new Snappy(block, start + 1, content).run();
    } catch (IndexOutOfBoundsException e) {
      throw corrupt();
    }
    return content;
  }

  private void run() throws MalformedPush {
    while (at < from.length) {
      int tag = from[at++] & 0xff;
      switch (tag & 3) {
        case 0 -> literal(tag >> 2);
        case 1 -> copy(((tag & 0xe0) << 3) | unsigned(1), ((tag >> 2) & 7) + 4);
        case 2 -> copy(unsigned(2), (tag >> 2) + 1);
        default -> copy(unsigned(4), (tag >> 2) + 1);
      }
    }
    if (written != to.length) {
      throw corrupt();
    }
  }

  private void literal(int size) throws MalformedPush {
    int length = size < 60 ? size + 1 : unsigned(size - 59) + 1;
    if (length <= 0) {
      throw corrupt();
    }
    System.arraycopy(from, at, to, written, length);
    at += length;
    written += length;
  }

  private void copy(int offset, int length) throws MalformedPush {
    int source = written - offset;
    if (offset <= 0 || source < 0 || length > to.length - written) {
      throw corrupt();
    }
    if (offset == 1) {
      Arrays.fill(to, written, written + length, to[source]);
    } else if (offset >= length) {
      System.arraycopy(to, source, to, written, length);
    } else {
      // What is copied overlaps what it makes: the pattern repeats.
      for (int i = 0; i < length; i++) {
        to[written + i] = to[source + i];
      }
    }
    written += length;
  }

  private int unsigned(int bytes) {
    int value = 0;
    for (int i = 0; i < bytes; i++) {
      value |= (from[at++] & 0xff) << (8 * i);
    }
    return value;
  }

  private static MalformedPush corrupt() {
    return new MalformedPush("snappy: corrupt input");
  }
}
