package dev.weir.operator.testkit;

import java.util.Map;

/// How the server fails a request.
public sealed interface Fault {
  /// An answer instead of the effect.
  ///
  /// @param headers such as `Retry-After`
  record Answer(int code, Map<String, String> headers) implements Fault {}

  /// No effect and no answer until the client gives up.
  record Silence() implements Fault {}

  /// The effect, but no answer, so that the client cannot know of it.
  record LostAnswer() implements Fault {}

  static Fault status(int code) {
    return new Answer(code, Map.of());
  }

  static Fault tooManyRequests(int retryAfterSeconds) {
    return new Answer(429, Map.of("Retry-After", Integer.toString(retryAfterSeconds)));
  }
}
