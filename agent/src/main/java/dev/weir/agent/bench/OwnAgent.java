package dev.weir.agent.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// This agent as a peer among others.
final class OwnAgent {
  private OwnAgent() {}

  static Peer peer(Path launcher, Path configuration) {
    return new Peer(
        "weir",
        "'%s' run --storage.path=\"$WEIR_BENCH_STATE\" --server.http.listen-addr=127.0.0.1:\"$WEIR_BENCH_PORT\" '%s'"
            .formatted(launcher, configuration));
  }

  /// What a process has used, or why it is gone.
  ///
  /// @throws IOException when it has ended, with what it printed
  static ProcessUsage usage(Process process, Path output) throws IOException {
    if (!process.isAlive()) {
      throw new IOException(
          "the agent ended early with status "
              + process.exitValue()
              + ": "
              + Files.readString(output));
    }
    return ProcessUsage.of(process.pid());
  }
}
