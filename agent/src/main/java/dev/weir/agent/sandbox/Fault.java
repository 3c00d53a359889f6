package dev.weir.agent.sandbox;

import java.time.Duration;
import java.util.Map;

/// A way for one push to go wrong.
public sealed interface Fault {
  /// The request is read and answered with this status; nothing is stored.
  ///
  /// @param headers added to the answer, such as `Retry-After`
  record Status(int status, String body, Map<String, String> headers) implements Fault {
    public Status(int status) {
      this(status, "scripted fault", Map.of());
    }

    public Status(int status, String body) {
      this(status, body, Map.of());
    }
  }

  /// The request is handled as usual, but only after this time.
  record Delay(Duration time) implements Fault {}

  /// The connection is reset when the request's headers have arrived; nothing is stored.
  record Reset() implements Fault {}

  /// The connection is reset when that many bytes of the body have arrived; nothing is stored.
  record HalfRead(int bytes) implements Fault {}

  /// The request is stored, then the connection is closed without an answer.
  record LostAnswer() implements Fault {}

  /// The request is read and never answered, until its sender or the sandbox closes the connection;
  /// nothing is stored.
  record NoAnswer() implements Fault {}

  /// Nothing goes wrong: holds a place in a list of faults.
  record None() implements Fault {}
}
