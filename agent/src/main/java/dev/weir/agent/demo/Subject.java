package dev.weir.agent.demo;

import dev.weir.agent.river.DiagnosticsException;
import dev.weir.agent.river.SourceFile;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// What a demo reads: this machine's containers, or samples.
sealed interface Subject extends AutoCloseable permits Containers, SampleLogs {
  /// For people: what is being read.
  String description();

  /// The configuration that reads it and pushes to `loki`.
  ///
  /// @throws DiagnosticsException when it is no River
  String configuration(URI loki) throws DiagnosticsException;

  @Override
  void close() throws IOException;

  /// Takes the local Engine's containers where there is one.
  static Subject find(DemoOptions options, Path scratch) throws IOException {
    Optional<String> engine = options.samples() ? Optional.empty() : Engines.local();
    if (engine.isEmpty()) {
      return SampleLogs.start(scratch.resolve("containers"));
    }
    return new Containers(engine.get(), configurationFile(options), scratch);
  }

  private static SourceFile configurationFile(DemoOptions options) throws IOException {
    Path file = options.configuration();
    if (file != null) {
      return new SourceFile(file.toString(), Files.readAllBytes(file));
    }
    try (InputStream in = Subject.class.getResourceAsStream("config.river")) {
      if (in == null) {
        throw new IOException("the demo's configuration is missing from the jar");
      }
      return new SourceFile("config.river", in.readAllBytes());
    }
  }
}
