package dev.weir.agent.runtime;

import dev.weir.agent.river.eval.BlockField;
import dev.weir.agent.river.eval.Default;
import org.jspecify.annotations.Nullable;

/// The `server` block, which Alloy does not have: a way to say in the file what
/// `--server.http.listen-addr` says on the command line.
///
/// @param http null when it is left out
public record ServerArguments(@BlockField @Nullable Http http) {
  private static final int MAX_PORT = 65535;

  /// The inner block.
  ///
  /// @param listenAddress a host or an IP address; empty to leave the choice to the command line
  /// @param listenPort 0 to leave the choice to the command line
  /// @param tap who may see lines as they pass
  public record Http(
      @Default("\"\"") String listenAddress,
      @Default("0") int listenPort,
      @Default("\"loopback\"") TapAccess tap) {
    public Http {
      if (listenPort < 0 || listenPort > MAX_PORT) {
        throw new IllegalArgumentException(
            "listen_port must be between 1 and 65535, got " + listenPort);
      }
    }
  }
}
