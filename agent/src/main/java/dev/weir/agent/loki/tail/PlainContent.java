package dev.weir.agent.loki.tail;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// A file as it is, through a descriptor that stays valid when the file is renamed or deleted.
///
/// Thread-safe: its start is compared with other files while its reader is held up.
final class PlainContent implements Content {
  private final LogChannel channel;
  private byte @Nullable [] wrapped;
  private ByteBuffer view = ByteBuffer.allocate(0);

  PlainContent(Path path) throws IOException {
    channel = new LogChannel(path, Descriptors.PROCESS);
  }

  @Override
  @SuppressWarnings("ReferenceEquality") // The same array, so that its view can be used again.
  public synchronized int read(long position, byte[] buffer, int offset, int length)
      throws IOException {
    if (wrapped != buffer) {
      view = ByteBuffer.wrap(buffer);
      wrapped = buffer;
    }
    view.limit(offset + length).position(offset);
    int total = 0;
    while (total < length) {
      int read = channel.file().read(view, position + total);
      if (read <= 0) {
        break;
      }
      total += read;
    }
    return total;
  }

  @Override
  public long size() throws IOException {
    return channel.file().size();
  }

  @Override
  public boolean live() {
    return true;
  }

  @Override
  public synchronized void close() throws IOException {
    wrapped = null;
    channel.close();
  }
}
