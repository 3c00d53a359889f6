package dev.weir.agent.docker;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/// The body of an answer: chunked, of known length, or up to the connection's end.
///
/// A read gives as many bytes as can be had without waiting, over the ends of chunks. A body that
/// breaks off throws `EOFException`. Belongs to one thread.
final class EngineBody extends InputStream {
  private static final long UNKNOWN = Long.MAX_VALUE;

  private final ConnectionInput input;
  private final boolean chunked;
  private long left;
  private boolean firstChunk = true;
  private boolean ended;

  private EngineBody(ConnectionInput input, boolean chunked, long left) {
    this.input = input;
    this.chunked = chunked;
    this.left = left;
  }

  static EngineBody chunked(ConnectionInput input) {
    return new EngineBody(input, true, 0);
  }

  static EngineBody ofLength(ConnectionInput input, long length) {
    EngineBody body = new EngineBody(input, false, length);
    body.ended = length == 0;
    return body;
  }

  static EngineBody untilClosed(ConnectionInput input) {
    return new EngineBody(input, false, UNKNOWN);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    int total = 0;
    while (total < length && !ended && (total == 0 || input.available() > 0)) {
      if (left == 0) {
        boolean mustNotWait = total > 0;
        if (mustNotWait && !input.hasTextLines(firstChunk ? 1 : 2)) {
          break;
        }
        if (!nextChunk()) {
          break;
        }
      }
      int read = piece(target, offset + total, length - total);
      if (read < 0) {
        break;
      }
      total += read;
    }
    return total == 0 && length > 0 ? -1 : total;
  }

  private int piece(byte[] target, int offset, int length) throws IOException {
    int read = input.read(target, offset, (int) Math.min(length, left));
    if (read < 0) {
      if (left != UNKNOWN) {
        throw new EOFException("connection closed by the Engine in the middle of an answer");
      }
      ended = true;
    } else if (left != UNKNOWN) {
      left -= read;
      ended = left == 0 && !chunked;
    }
    return read;
  }

  /// Reads the next chunk's size.
  ///
  /// @return false at the last one
  private boolean nextChunk() throws IOException {
    if (!firstChunk) {
      input.textLine();
    }
    firstChunk = false;
    String line = input.textLine();
    int extension = line.indexOf(';');
    String size = (extension < 0 ? line : line.substring(0, extension)).trim();
    left = number(size, 16);
    ended = left == 0;
    return !ended;
  }

  /// A length as HTTP gives it.
  ///
  /// @throws IOException when it is none
  static long number(String text, int radix) throws IOException {
    try {
      long number = Long.parseLong(text, radix);
      if (number >= 0 && number != UNKNOWN) {
        return number;
      }
    } catch (NumberFormatException e) {
      // told below
    }
    throw new IOException("answer of the Engine is not what HTTP allows");
  }
}
