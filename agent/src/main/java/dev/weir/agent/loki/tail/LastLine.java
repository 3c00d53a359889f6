package dev.weir.agent.loki.tail;

import java.io.IOException;

/// Finds the start of the last line of a file.
final class LastLine {
  private LastLine() {}

  /// Makes a generation begin behind the last newline there is.
  static void startAt(Generation generation, byte[] scratch) throws IOException {
    Content content = generation.content();
    long end = content.size();
    while (end > 0) {
      int length = (int) Math.min(scratch.length, end);
      int read = content.read(end - length, scratch, 0, length);
      int behind = Newlines.behindLast(scratch, 0, read);
      if (behind > 0) {
        generation.startAt(end - length + behind);
        return;
      }
      end -= length;
    }
  }
}
