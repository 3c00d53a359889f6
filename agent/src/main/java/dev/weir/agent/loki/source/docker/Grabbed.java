package dev.weir.agent.loki.source.docker;

import dev.weir.agent.loki.tail.EarlyFile;

/// A container's log that was opened before it was known what the container is, as it may be gone
/// by then.
sealed interface Grabbed extends AutoCloseable {
  @Override
  void close();

  /// Its file.
  record File(LogFile file, EarlyFile opened) implements Grabbed {
    @Override
    public void close() {
      opened.close();
    }
  }

  /// Its stream from the API.
  record Stream(EarlyStream stream) implements Grabbed {
    @Override
    public void close() {
      stream.close();
    }
  }
}
