package dev.weir.agent.loki.tail;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Turns text of one encoding into UTF-8, line by line, into a buffer of its own. What is no text
/// becomes U+FFFD, so that no line is lost. Belongs to one thread.
final class Transcoder {
  private static final int USUAL = 16 << 10;
  private static final int MOST_KEPT = 1 << 20;

  private final CharsetDecoder decoder;
  private final CharsetEncoder encoder;
  private final CharBuffer chars = CharBuffer.allocate(2048);
  private ByteBuffer out = ByteBuffer.allocate(USUAL);

  Transcoder(Charset charset) {
    decoder =
        charset
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);
    encoder =
        StandardCharsets.UTF_8
            .newEncoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .replaceWith(new byte[] {(byte) 0xEF, (byte) 0xBF, (byte) 0xBD});
  }

  /// Lets what was written before be overwritten.
  void clear() {
    if (out.capacity() > MOST_KEPT) {
      out = ByteBuffer.allocate(USUAL);
    }
    out.clear();
  }

  /// The buffer: it is another one when it had to grow, and what is in the old one stays there.
  byte[] bytes() {
    return out.array();
  }

  /// How much is written.
  int size() {
    return out.position();
  }

  /// Writes text behind what is written already.
  ///
  /// @param whole whether a character that is cut off by `to` will not become whole
  /// @return the place behind the last character taken
  int decode(byte[] bytes, int from, int to, boolean whole) {
    decoder.reset();
    encoder.reset();
    ByteBuffer in = ByteBuffer.wrap(bytes, from, to - from);
    chars.clear();
    CoderResult result;
    do {
      result = decoder.decode(in, chars, whole);
      encode(false);
    } while (result.isOverflow());
    if (whole) {
      while (decoder.flush(chars).isOverflow()) {
        encode(false);
      }
    }
    encode(true);
    while (encoder.flush(out).isOverflow()) {
      grow();
    }
    return in.position();
  }

  private void encode(boolean last) {
    chars.flip();
    while (encoder.encode(chars, out, last).isOverflow()) {
      grow();
    }
    chars.compact();
  }

  private void grow() {
    int size = out.position();
    out = ByteBuffer.wrap(Arrays.copyOf(out.array(), 2 * out.capacity()));
    out.position(size);
  }
}
