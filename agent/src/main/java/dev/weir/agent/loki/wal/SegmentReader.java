package dev.weir.agent.loki.wal;

import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Reads the records of a segment, one after the other. What is no record, or not as it was
/// written, is passed over to the next that is whole, and its bytes are counted.
///
/// Goes on working when the file has been removed. Not thread-safe.
final class SegmentReader implements Closeable {
  private static final int FIRST_SIZE = 256 << 10;

  private final RandomAccessFile file;

  /// Bytes of the file from `bufferStart` on.
  private byte[] buffer = new byte[FIRST_SIZE];

  private long bufferStart;
  private int buffered;
  private long offset;
  private long limit;
  private long skipped;

  SegmentReader(Path path, long offset) throws IOException {
    file = new RandomAccessFile(path.toFile(), "r");
    this.offset = offset;
    this.bufferStart = offset;
  }

  /// Moves on to the next record and returns its head; its content is in [#bytes] from
  /// [#contentStart] on until the next call.
  ///
  /// @param newLimit where what may be read ends
  /// @return null when there is no other before the limit; the place is then the limit
  @Nullable Frame next(long newLimit) throws IOException {
    limit = newLimit;
    while (offset < limit) {
      Frame frame = frameAt(offset);
      if (frame != null) {
        offset = Frame.end(offset, frame);
        return frame;
      }
      offset++;
      skipped++;
      skipToMagic();
    }
    return null;
  }

  private @Nullable Frame frameAt(long start) throws IOException {
    if (limit - start < Frame.SIZE || !load(start, Frame.SIZE)) {
      return null;
    }
    Frame frame = Frame.at(buffer, index(start));
    if (frame == null || Frame.end(start, frame) > limit) {
      return null;
    }
    boolean whole = load(start, Frame.SIZE + frame.length());
    return whole && frame.isIntact(buffer, index(start)) ? frame : null;
  }

  /// Passes over bytes at which no record can start.
  private void skipToMagic() throws IOException {
    byte first = (byte) (Frame.MAGIC >>> 24);
    while (offset < limit) {
      if (!load(offset, 1)) {
        skipped += limit - offset;
        offset = limit;
        return;
      }
      if (buffer[index(offset)] == first) {
        return;
      }
      offset++;
      skipped++;
    }
  }

  /// Makes bytes of the file be in the buffer; false when the file ends before.
  private boolean load(long start, int length) throws IOException {
    if (start >= bufferStart && start + length <= bufferStart + buffered) {
      return true;
    }
    if (length > buffer.length) {
      buffer = new byte[length];
    }
    bufferStart = start;
    buffered = 0;
    file.seek(start);
    while (buffered < length) {
      // What lies behind the limit may still be written to.
      long most = Math.min(buffer.length, limit - start);
      int read = file.read(buffer, buffered, (int) most - buffered);
      if (read <= 0) {
        return false;
      }
      buffered += read;
    }
    return true;
  }

  private int index(long place) {
    return (int) (place - bufferStart);
  }

  /// Where the last record ended.
  long offset() {
    return offset;
  }

  byte[] bytes() {
    return buffer;
  }

  /// Where the content of a record starts in [#bytes], given its head.
  int contentStart(Frame frame) {
    return index(offset) - frame.length();
  }

  /// Bytes passed over since it was last asked.
  long takeSkipped() {
    long bytes = skipped;
    skipped = 0;
    return bytes;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
