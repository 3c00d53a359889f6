package dev.weir.agent.river;

import java.util.Arrays;

/// Turns byte offsets of one file into lines and columns.
final class Lines {
  private final SourceFile file;
  private final int[] starts;

  Lines(SourceFile file) {
    this.file = file;
    this.starts = lineStarts(file.bytes());
  }

  Position position(int offset) {
    int found = Arrays.binarySearch(starts, offset);
    int line = found >= 0 ? found : -found - 2;
    return new Position(offset, line + 1, offset - starts[line] + 1);
  }

  /// The span from the byte at `start` to the one before `end`; at least the byte at `start`.
  Span span(int start, int end) {
    return new Span(file, position(start), position(Math.max(start, end - 1)));
  }

  private static int[] lineStarts(byte[] bytes) {
    int count = 1;
    for (byte b : bytes) {
      if (b == '\n') {
        count++;
      }
    }
    int[] starts = new int[count];
    int line = 1;
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '\n') {
        starts[line++] = i + 1;
      }
    }
    return starts;
  }
}
