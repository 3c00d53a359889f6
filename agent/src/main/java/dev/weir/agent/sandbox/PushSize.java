package dev.weir.agent.sandbox;

import java.util.List;

/// How much is in a push.
///
/// @param decodedBytes of the body after decompression
/// @param lineBytes of text
record PushSize(long decodedBytes, int entries, long lineBytes) {
  static PushSize of(long decodedBytes, List<PushedStream> streams) {
    int entries = 0;
    long bytes = 0;
    for (PushedStream stream : streams) {
      entries += stream.entries().size();
      for (PushedEntry entry : stream.entries()) {
        bytes += entry.line().length;
      }
    }
    return new PushSize(decodedBytes, entries, bytes);
  }

  /// Counts the entries of a protobuf push without making anything of them.
  ///
  /// @throws BadRequest if the bytes are no push
  static PushSize of(byte[] push) throws BadRequest {
    try {
      return new Walk(push).size();
    } catch (IndexOutOfBoundsException e) {
      throw new BadRequest("proto: unexpected end");
    }
  }

  /// The size of a snappy block once decompressed, which its first bytes tell.
  ///
  /// @param start the first bytes of the block, five or more unless it is shorter
  static PushSize announced(byte[] start) {
    try {
      return new PushSize(Integer.toUnsignedLong(new Walk(start).varint()), 0, 0);
    } catch (IndexOutOfBoundsException e) {
      return new PushSize(0, 0, 0);
    }
  }

  /// Goes over the bytes of a push, stepping over all but the tags and lengths.
  private static final class Walk {
    private static final int STREAM = 1 << 3 | 2;
    private static final int ENTRY = 2 << 3 | 2;
    private static final int LINE = 2 << 3 | 2;
    private static final int BYTES = 2;

    private final byte[] push;
    private int at;
    private int entries;
    private long lineBytes;

    Walk(byte[] push) {
      this.push = push;
    }

    PushSize size() throws BadRequest {
      while (at < push.length) {
        int tag = varint();
        if (tag == STREAM) {
          stream(end(varint()));
        } else {
          skip(tag);
        }
      }
      return new PushSize(push.length, entries, lineBytes);
    }

    private void stream(int end) throws BadRequest {
      while (at < end) {
        int tag = varint();
        if (tag == ENTRY) {
          entry(end(varint()));
        } else {
          skip(tag);
        }
      }
    }

    private void entry(int end) throws BadRequest {
      entries++;
      while (at < end) {
        int tag = varint();
        if (tag == LINE) {
          int length = varint();
          lineBytes += length;
          at = end(length);
        } else {
          skip(tag);
        }
      }
    }

    private int end(int length) throws BadRequest {
      if (length < 0 || length > push.length - at) {
        throw new BadRequest("proto: unexpected end");
      }
      return at + length;
    }

    private void skip(int tag) throws BadRequest {
      switch (tag & 7) {
        case 0 -> varint();
        case 1 -> at = end(8);
        case BYTES -> at = end(varint());
        case 5 -> at = end(4);
        default -> throw new BadRequest("proto: illegal wireType " + (tag & 7));
      }
    }

    private int varint() {
      int value = 0;
      for (int shift = 0; shift < 70; shift += 7) {
        byte b = push[at++];
        if (shift < 32) {
          value |= (b & 0x7f) << shift;
        }
        if (b >= 0) {
          return value;
        }
      }
      return -1;
    }
  }
}
