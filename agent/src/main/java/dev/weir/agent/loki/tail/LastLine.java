package dev.weir.agent.loki.tail;

import java.io.IOException;

/// Finds the start of the last line of a file.
final class LastLine {
  private LastLine() {}

  /// Makes a generation begin behind the last newline there is.
  static void startAt(Generation generation, LineFormat format, byte[] scratch) throws IOException {
    Content content = generation.content();
    TextEncoding encoding = encoding(content, format, scratch);
    long end = content.size() - content.size() % encoding.unit();
    while (end > 0) {
      int length = (int) Math.min(scratch.length, end);
      int read = content.read(end - length, scratch, 0, length);
      int behind = encoding.behindLast(scratch, 0, read);
      if (behind > 0) {
        generation.startAt(end - length + behind);
        return;
      }
      end -= length;
    }
  }

  private static TextEncoding encoding(Content content, LineFormat format, byte[] scratch)
      throws IOException {
    return format instanceof LineFormat.PlainLines plain
        ? TextStart.of(content, plain.encoding(), scratch).encoding()
        : TextEncoding.UTF_8;
  }
}
