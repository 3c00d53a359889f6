package dev.weir.agent.loki.tail;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// A compressed file, read forward; going back starts anew.
///
/// What was decompressed is never kept, so a bomb costs time but no memory. What breaks off ends
/// the content.
final class PackedContent implements Content {
  private final LogChannel channel;
  private final Compression.Format format;
  private @Nullable InputStream stream;
  private @Nullable IOException unreadable;
  private volatile @Nullable String damage;
  private volatile boolean complete;
  private long position;
  private long end = Long.MAX_VALUE;

  PackedContent(Path path, Compression.Format format) throws IOException {
    this.format = format;
    this.channel = new LogChannel(path, Descriptors.PROCESS);
  }

  /// Why it ended before its time, or null.
  @Nullable String damage() {
    return damage;
  }

  /// Whether it was read to its proper end.
  boolean isComplete() {
    return complete;
  }

  @Override
  public int read(long from, byte[] buffer, int offset, int length) throws IOException {
    try {
      InputStream source = at(from);
      int total = 0;
      while (total < length) {
        int read = source.read(buffer, offset + total, length - total);
        if (read < 0) {
          end = position;
          complete = true;
          break;
        }
        total += read;
        position += read;
      }
      return total;
    } catch (IOException | RuntimeException e) {
      throwIfUnreadable();
      damage = String.valueOf(e.getMessage());
      // What was decompressed by this call before the break is read once more, up to the break.
      return upToBreak(from, buffer, offset, length);
    }
  }

  /// Reads byte by byte what the decompressor still gives before it fails.
  private int upToBreak(long from, byte[] buffer, int offset, int length) throws IOException {
    int total = 0;
    rewind();
    try {
      InputStream source = at(from);
      while (total < length) {
        int value = source.read();
        if (value < 0) {
          break;
        }
        buffer[offset + total++] = (byte) value;
        position++;
      }
    } catch (IOException | RuntimeException e) {
      throwIfUnreadable();
      end = Math.max(position, from);
      rewind();
    }
    return total;
  }

  private void throwIfUnreadable() throws IOException {
    IOException cause = unreadable;
    if (cause != null) {
      unreadable = null;
      rewind();
      throw cause;
    }
  }

  private InputStream at(long from) throws IOException {
    if (from < position) {
      rewind();
    }
    InputStream source = stream;
    if (source == null) {
      channel.file().position(0);
      source = format.open(new Packed(channel.file()));
      stream = source;
    }
    while (position < from) {
      long skipped = source.skip(from - position);
      if (skipped <= 0 && source.read() >= 0) {
        skipped = 1;
      }
      if (skipped <= 0) {
        throw new EOFException("shorter than before");
      }
      position += skipped;
    }
    return source;
  }

  private void rewind() throws IOException {
    InputStream open = stream;
    stream = null;
    position = 0;
    if (open != null) {
      open.close();
    }
  }

  @Override
  public long size() {
    return end;
  }

  @Override
  public boolean live() {
    return false;
  }

  @Override
  public void close() throws IOException {
    rewind();
    channel.close();
  }

  /// Lets the decompressor be closed while the descriptor stays open, and tells a file that cannot
  /// be read from one that holds nonsense.
  private final class Packed extends FilterInputStream {
    Packed(FileChannel channel) {
      super(Channels.newInputStream(channel));
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      try {
        return super.read(buffer, offset, length);
      } catch (IOException e) {
        unreadable = e;
        throw e;
      }
    }

    @Override
    public void close() {}
  }
}
