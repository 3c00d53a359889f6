package dev.weir.agent.logging;

import dev.weir.agent.river.eval.FromText;
import org.slf4j.event.Level;

/// The least important lines that are still written.
public enum LogLevel {
  ERROR,
  WARN,
  INFO,
  DEBUG;

  /// Reads the name that the configuration and the command line use.
  ///
  /// @throws IllegalArgumentException for any other text
  @FromText
  public static LogLevel parse(String text) {
    return switch (text) {
      case "error" -> ERROR;
      case "warn" -> WARN;
      case "info" -> INFO;
      case "debug" -> DEBUG;
      default -> throw new IllegalArgumentException("unrecognized log level \"" + text + "\"");
    };
  }

  /// Whether a line of this importance is written. Tracing counts as debugging.
  boolean admits(Level level) {
    return switch (level) {
      case ERROR -> true;
      case WARN -> this != ERROR;
      case INFO -> this == INFO || this == DEBUG;
      case DEBUG, TRACE -> this == DEBUG;
    };
  }

  /// The stricter of the two: the one that writes less.
  LogLevel stricter(LogLevel other) {
    return compareTo(other) <= 0 ? this : other;
  }

  static String text(Level level) {
    return switch (level) {
      case ERROR -> "error";
      case WARN -> "warn";
      case INFO -> "info";
      case DEBUG, TRACE -> "debug";
    };
  }
}
