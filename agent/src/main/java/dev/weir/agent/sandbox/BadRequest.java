package dev.weir.agent.sandbox;

/// A request that cannot be answered with data; the message is the body of the answer.
final class BadRequest extends Exception {
  private static final long serialVersionUID = 1;

  private final int status;

  BadRequest(int status, String message) {
    super(message);
    this.status = status;
  }

  BadRequest(String message) {
    this(400, message);
  }

  int status() {
    return status;
  }

  /// The message, never null.
  String text() {
    return String.valueOf(getMessage());
  }
}
