package dev.weir.agent.logging;

import dev.weir.agent.loki.Receiver;
import dev.weir.agent.river.eval.Default;
import java.util.List;

/// The `logging` block.
///
/// @param destination `stderr`, the only one on this platform
public record LoggingArguments(
    @Default("\"info\"") LogLevel level,
    @Default("\"logfmt\"") LogFormat format,
    @Default("\"stderr\"") String destination,
    @Default("[]") List<Receiver> writeTo) {
  public LoggingArguments {
    writeTo = List.copyOf(writeTo);
    if (!destination.equals("stderr")) {
      throw new IllegalArgumentException(
          "destination must be \"stderr\", got \"" + destination + "\"");
    }
    if (!writeTo.isEmpty()) {
      throw new IllegalArgumentException("write_to is not supported by Weir yet");
    }
  }
}
