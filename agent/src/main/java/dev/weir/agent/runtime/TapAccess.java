package dev.weir.agent.runtime;

import dev.weir.agent.river.eval.FromText;

/// Who may see the lines that flow through components.
public enum TapAccess {
  /// Nobody.
  OFF,
  /// Who asks from the same machine, or the same container.
  LOOPBACK,
  /// Whoever reaches the HTTP server.
  ALL;

  /// Reads the name that the configuration and the command line use.
  ///
  /// @throws IllegalArgumentException for any other text
  @FromText
  public static TapAccess parse(String text) {
    return switch (text) {
      case "off" -> OFF;
      case "loopback" -> LOOPBACK;
      case "all" -> ALL;
      default ->
          throw new IllegalArgumentException(
              "tap must be \"off\", \"loopback\" or \"all\", got \"" + text + "\"");
    };
  }

  @Override
  public String toString() {
    return switch (this) {
      case OFF -> "off";
      case LOOPBACK -> "loopback";
      case ALL -> "all";
    };
  }
}
