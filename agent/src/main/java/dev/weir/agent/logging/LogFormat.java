package dev.weir.agent.logging;

import dev.weir.agent.river.eval.FromText;

/// How a log line is written.
public enum LogFormat {
  /// `level=info msg="two words"`
  LOGFMT,
  /// `{"level":"info","msg":"two words"}`
  JSON;

  /// Reads the name that the configuration uses.
  ///
  /// @throws IllegalArgumentException for any other text
  @FromText
  public static LogFormat parse(String text) {
    return switch (text) {
      case "logfmt" -> LOGFMT;
      case "json" -> JSON;
      default -> throw new IllegalArgumentException("unrecognized log format \"" + text + "\"");
    };
  }
}
