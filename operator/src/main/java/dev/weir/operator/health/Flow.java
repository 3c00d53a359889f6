package dev.weir.operator.health;

import dev.weir.operator.api.Reason;

/// Whether the lines of a pipeline arrive.
///
/// @param message for a person: how many agents, which destination, since when
public record Flow(State state, Reason reason, String message) {
  /// As a condition has it.
  public enum State {
    TRUE("True"),
    FALSE("False"),
    UNKNOWN("Unknown");

    private final String text;

    State(String text) {
      this.text = text;
    }

    public String text() {
      return text;
    }
  }

  static Flow good(Reason reason, String message) {
    return new Flow(State.TRUE, reason, message);
  }

  static Flow bad(Reason reason, String message) {
    return new Flow(State.FALSE, reason, message);
  }

  static Flow unknown(String message) {
    return new Flow(State.UNKNOWN, Reason.AGENTS_UNREACHABLE, message);
  }
}
