package dev.weir.agent.logging;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/// Where lines go. Thread-safe: a line is one write, and only that is under the lock, so that lines
/// never mix.
final class LogOutput {
  private final OutputStream stream;

  LogOutput(OutputStream stream) {
    this.stream = stream;
  }

  void write(String line) {
    byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
    try {
      synchronized (this) {
        stream.write(bytes);
        stream.flush();
      }
    } catch (IOException lost) {
      // Nobody is left to be told: standard error is gone.
    }
  }
}
