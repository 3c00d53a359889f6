package dev.weir.agent.loki.tail;

import dev.weir.agent.loki.positions.ContentHash;
import dev.weir.agent.loki.positions.FileMark;
import dev.weir.agent.loki.positions.FileMark.Slice;
import java.io.IOException;

/// Compares content with what is remembered of it.
final class Proof {
  /// So much of a file's start must be known to recognise it by content alone. It may be little:
  /// whoever knows less than a whole head has read no more than that, so that a wrong match leaves
  /// out nothing but lines that are equal to delivered ones.
  private static final int TELLING_HEAD = 16;

  private Proof() {}

  /// The proof for a place.
  ///
  /// @param end index in `bytes` of the place, with `length` bytes of the file before it
  static Slice of(byte[] bytes, int end, long place, int length) {
    int taken = Math.min(Generation.CHECK_LENGTH, length);
    return new Slice(place, taken, ContentHash.of(bytes, end - taken, taken));
  }

  /// Whether a slice is where it was.
  static boolean holds(Content content, Slice slice, byte[] scratch) throws IOException {
    if (slice.length() == 0) {
      return true;
    }
    int length = Math.min(slice.length(), scratch.length);
    int read = content.read(slice.end() - length, scratch, 0, length);
    return holds(slice, scratch, read);
  }

  /// Whether a slice equals the first of `available` bytes.
  static boolean holds(Slice slice, byte[] bytes, int available) {
    return slice.length() == 0
        || (available >= slice.length()
            && ContentHash.of(bytes, 0, slice.length()) == slice.hash());
  }

  /// Whether content is what a mark was made of, by what it starts with and what was last read.
  static boolean holds(Content content, FileMark mark, byte[] scratch) throws IOException {
    return holds(content, mark.head(), scratch)
        && holds(content, mark.check(), scratch)
        && content.size() >= mark.offset();
  }

  /// Whether so much is known of a file that another with the same content is a copy of it.
  static boolean isTelling(Slice head) {
    return head.length() >= TELLING_HEAD;
  }
}
