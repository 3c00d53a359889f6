package dev.weir.agent.loki.podlog;

import java.io.IOException;

/// The API server has answered, but not with a log.
final class LogApiException extends IOException {
  private static final long serialVersionUID = 1L;

  private final int code;

  LogApiException(int code, String message) {
    super("API server answered " + code + (message.isEmpty() ? "" : ": " + message));
    this.code = code;
  }

  /// Of HTTP.
  int code() {
    return code;
  }
}
