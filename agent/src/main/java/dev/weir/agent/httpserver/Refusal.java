package dev.weir.agent.httpserver;

/// A request that is answered with an error, and the text for its sender.
public final class Refusal extends Exception {
  private static final long serialVersionUID = 1L;

  private final int status;

  /// @param status such as 400
  public Refusal(int status, String message) {
    super(message, null, false, false);
    this.status = status;
  }

  /// What was sent is not what it should be.
  public static Refusal badRequest(String message) {
    return new Refusal(400, message);
  }

  /// The request is larger than the limit.
  public static Refusal tooLarge(long bytes, long limit) {
    return new Refusal(
        413, "request body too large: %d bytes, limit: %d bytes".formatted(bytes, limit));
  }

  /// Nothing was taken; the sender may try again.
  public static Refusal unavailable(String message) {
    return new Refusal(503, message);
  }

  /// The HTTP status to answer with.
  public int status() {
    return status;
  }

  Reply reply() {
    return Reply.text(status, String.valueOf(getMessage()) + "\n");
  }
}
