package dev.weir.operator.plan;

import dev.weir.operator.api.Reason;

/// One thing that was decided about a pipeline.
///
/// @param good whether its condition is true
/// @param message for a person: what is wrong, where, and what to do
public record Outcome(boolean good, Reason reason, String message) {
  private static final int LONGEST = 1024;

  public Outcome {
    message = message.length() <= LONGEST ? message : message.substring(0, LONGEST - 3) + "...";
  }

  static Outcome good(Reason reason, String message) {
    return new Outcome(true, reason, message);
  }

  static Outcome bad(Reason reason, String message) {
    return new Outcome(false, reason, message);
  }
}
