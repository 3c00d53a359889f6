package dev.weir.agent.runtime;

import dev.weir.agent.component.ComponentException;
import dev.weir.agent.logging.LogLevel;
import dev.weir.agent.logging.Logging;
import dev.weir.agent.logging.LoggingArguments;
import org.jspecify.annotations.Nullable;

/// The config blocks that Weir knows.
public final class ConfigBlocks {
  private ConfigBlocks() {}

  /// `logging`: applied live.
  ///
  /// @param commandLine the level given there, which wins over the block's; null without one
  public static ConfigBlockType<LoggingArguments> logging(@Nullable LogLevel commandLine) {
    return new ConfigBlockType<>(
        "logging",
        LoggingArguments.class,
        arguments -> {
          Logging.level(commandLine == null ? arguments.level() : commandLine);
          Logging.format(arguments.format());
        });
  }

  /// `server { http { ... } }`: where the agent listens.
  public static ConfigBlockType<ServerArguments> server(Listening listening) {
    return new ConfigBlockType<>(
        "server", ServerArguments.class, arguments -> listening.at(arguments));
  }

  /// Learns where to listen.
  @FunctionalInterface
  public interface Listening {
    /// Called when a load finds a `server` block, when one has changed, and with empty arguments
    /// when there is none.
    ///
    /// @throws ComponentException when it cannot listen there
    void at(ServerArguments arguments) throws ComponentException;
  }
}
