package dev.weir.agent.loki.tail;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicBoolean;

/// An open log and the descriptor that it has of those there are. Thread-safe.
final class LogChannel implements Closeable {
  private final Descriptors descriptors;
  private final FileChannel channel;
  private final AtomicBoolean open = new AtomicBoolean(true);

  /// @throws IOException when it cannot be opened, or no descriptor is left
  LogChannel(Path path, Descriptors descriptors) throws IOException {
    this.descriptors = descriptors;
    descriptors.take();
    try {
      channel = FileChannel.open(path, StandardOpenOption.READ);
    } catch (IOException | RuntimeException e) {
      descriptors.give();
      throw e;
    }
  }

  FileChannel file() {
    return channel;
  }

  @Override
  public void close() throws IOException {
    if (open.getAndSet(false)) {
      try {
        channel.close();
      } finally {
        descriptors.give();
      }
    }
  }
}
