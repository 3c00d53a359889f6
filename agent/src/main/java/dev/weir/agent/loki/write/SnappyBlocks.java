package dev.weir.agent.loki.write;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.xerial.snappy.Snappy;

/// Snappy's block format, as Loki takes it.
final class SnappyBlocks {
  /// An upper bound of the compressed size.
  int maxCompressedLength(int length) {
    return 32 + length + length / 6;
  }

  /// Compresses the first `length` bytes of `from` into `to`; returns the compressed length.
  int compress(byte[] from, int length, byte[] to) {
    try {
      return Snappy.compress(from, 0, length, to, 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Restores what was compressed into the first `length` bytes of `from`.
  byte[] uncompress(byte[] from, int length) {
    try {
      var to = new byte[Snappy.uncompressedLength(from, 0, length)];
      Snappy.uncompress(from, 0, length, to, 0);
      return to;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
