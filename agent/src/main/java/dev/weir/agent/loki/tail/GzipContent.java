package dev.weir.agent.loki.tail;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/// A compressed file, one or more gzip members, read forward; going back starts anew.
///
/// What was decompressed is never kept, so a bomb costs time but no memory. A member that breaks
/// off ends the content.
final class GzipContent implements Content {
  private static final int COMPRESSED_BUFFER = 16 << 10;

  private final FileChannel channel;
  private @Nullable InputStream stream;
  private long position;
  private long end = Long.MAX_VALUE;

  GzipContent(Path path) throws IOException {
    channel = FileChannel.open(path, StandardOpenOption.READ);
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
          break;
        }
        total += read;
        position += read;
      }
      return total;
    } catch (EOFException | ZipException e) {
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
    } catch (EOFException | ZipException e) {
      end = Math.max(position, from);
      rewind();
    }
    return total;
  }

  private InputStream at(long from) throws IOException {
    if (from < position) {
      rewind();
    }
    InputStream source = stream;
    if (source == null) {
      channel.position(0);
      source = new GZIPInputStream(new Unclosed(channel), COMPRESSED_BUFFER);
      stream = source;
    }
    while (position < from) {
      long skipped = source.skip(from - position);
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

  /// Lets the decompressor be closed while the descriptor stays open.
  private static final class Unclosed extends FilterInputStream {
    Unclosed(FileChannel channel) {
      super(Channels.newInputStream(channel));
    }

    @Override
    public void close() {}
  }
}
