package dev.weir.agent.loki.write;

import dev.weir.agent.component.Buffers;

/// Two arrays to seal a push with. A shard keeps its own; where very many share their memory, they
/// are borrowed for each push.
///
/// Not thread-safe: its shard's lock guards it.
final class Scratch {
  private static final byte[] NOTHING = {};

  private final Buffers buffers;
  private byte[] plain = NOTHING;
  private byte[] packed = NOTHING;

  Scratch(Buffers buffers) {
    this.buffers = buffers;
  }

  /// Room for what is compressed.
  byte[] plain(int length) {
    plain = atLeast(plain, length);
    return plain;
  }

  /// Room for what comes of it.
  byte[] packed(int length) {
    packed = atLeast(packed, length);
    return packed;
  }

  /// The push is sealed.
  ///
  /// @param unusual whether it was larger than pushes are
  void done(boolean unusual) {
    if (buffers.isLimited()) {
      buffers.giveBack(plain);
      buffers.giveBack(packed);
    }
    if (unusual || buffers.isLimited()) {
      plain = NOTHING;
      packed = NOTHING;
    }
  }

  private byte[] atLeast(byte[] known, int length) {
    if (known.length >= length) {
      return known;
    }
    int rounded = BufferPool.rounded(length);
    return buffers.isLimited() ? buffers.borrow(rounded) : new byte[rounded];
  }
}
