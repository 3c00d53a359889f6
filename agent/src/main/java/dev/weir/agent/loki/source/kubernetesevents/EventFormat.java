package dev.weir.agent.loki.source.kubernetesevents;

import dev.weir.agent.river.eval.FromText;

/// How an event becomes text.
public enum EventFormat {
  LOGFMT,
  JSON;

  /// Reads a name.
  ///
  /// @throws IllegalArgumentException when there is no such format
  @FromText
  public static EventFormat parse(String text) {
    return switch (text) {
      case "logfmt" -> LOGFMT;
      case "json" -> JSON;
      default ->
          throw new IllegalArgumentException(
              "unknown log_format \"" + text + "\", expected logfmt or json");
    };
  }
}
