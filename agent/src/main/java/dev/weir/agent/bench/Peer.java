package dev.weir.agent.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/// An agent to measure: a name and a shell command that runs it in the foreground.
///
/// The command finds in its environment what a configuration needs: `WEIR_BENCH_LOGS` (a glob of
/// Docker json-file logs), `WEIR_BENCH_PUSH_URL`, `WEIR_BENCH_STATE` (a directory) and
/// `WEIR_BENCH_PORT` (for its own HTTP server).
record Peer(String name, String command) {
  /// Reads `name=command`.
  static Peer parse(String text) {
    int equals = text.indexOf('=');
    if (equals <= 0) {
      throw new IllegalArgumentException("a peer is NAME=COMMAND, not \"" + text + "\"");
    }
    return new Peer(text.substring(0, equals), text.substring(equals + 1));
  }

  /// Starts it; its output goes to a file.
  Process start(Map<String, String> environment, Path output) throws IOException {
    var builder =
        new ProcessBuilder("sh", "-c", "exec " + command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
    builder.environment().putAll(environment);
    return builder.start();
  }
}
