package dev.weir.agent.loki.tail;

import java.io.Closeable;
import java.io.IOException;

/// The bytes of one generation, addressed from its start; compressed ones as they were before.
interface Content extends Closeable {
  /// What is left of a generation that was overwritten.
  Content NOTHING =
      new Content() {
        @Override
        public int read(long position, byte[] buffer, int offset, int length) {
          return 0;
        }

        @Override
        public long size() {
          return 0;
        }

        @Override
        public boolean live() {
          return false;
        }

        @Override
        public void close() {}
      };

  /// Reads until `length` bytes are there or the content ends for now.
  ///
  /// @param position in the content
  /// @return how many bytes were read; less than `length` at the end
  int read(long position, byte[] buffer, int offset, int length) throws IOException;

  /// The length now; `Long.MAX_VALUE` while that is unknown.
  long size() throws IOException;

  /// Whether it may still grow, shrink or change.
  boolean live();
}
