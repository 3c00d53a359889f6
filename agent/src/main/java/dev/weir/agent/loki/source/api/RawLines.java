package dev.weir.agent.loki.source.api;

import dev.weir.agent.loki.Metadata;

/// Reads plain text: every line that is not empty is an entry.
final class RawLines {
  private RawLines() {}

  static void read(byte[] text, PushSink sink) throws InterruptedException {
    int start = 0;
    while (start < text.length) {
      int end = start;
      while (end < text.length && text[end] != '\n') {
        end++;
      }
      int length = end - start;
      while (length > 0 && text[start + length - 1] == '\r') {
        length--;
      }
      if (length > 0) {
        sink.entry(0, text, start, length, Metadata.EMPTY);
      }
      start = end + 1;
    }
  }
}
