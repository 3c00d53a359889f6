package dev.weir.agent.component;

import java.time.Instant;

/// How a component is doing.
///
/// @param message one line for people, without secrets and without log content
/// @param updated when the state was last found to be so
public record Health(State state, String message, Instant updated) {
  /// From best to worst.
  public enum State {
    HEALTHY,
    UNKNOWN,
    UNHEALTHY,
    EXITED;

    /// The name as the API and metrics have it.
    public String text() {
      return switch (this) {
        case HEALTHY -> "healthy";
        case UNKNOWN -> "unknown";
        case UNHEALTHY -> "unhealthy";
        case EXITED -> "exited";
      };
    }
  }

  /// The worse of the two, this one when they are equally good.
  public Health worse(Health other) {
    return other.state.compareTo(state) > 0 ? other : this;
  }
}
