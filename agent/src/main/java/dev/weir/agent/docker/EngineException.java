package dev.weir.agent.docker;

/// A request that an Engine refused or did not answer, with a message for people.
public final class EngineException extends Exception {
  private static final long serialVersionUID = 1L;

  /// In the place of a status when there was no answer.
  private static final int UNREACHABLE = 0;

  private final int status;

  private EngineException(int status, String message, Throwable cause) {
    super(message, cause);
    this.status = status;
  }

  private EngineException(int status, String message) {
    super(message);
    this.status = status;
  }

  /// The Engine could not be reached, hangs, or broke off.
  static EngineException unreachable(String message, Throwable cause) {
    return new EngineException(UNREACHABLE, message, cause);
  }

  /// The Engine did not answer in time.
  static EngineException late(String message) {
    return new EngineException(UNREACHABLE, message);
  }

  /// The Engine answered with an error.
  static EngineException refused(int status, String message) {
    return new EngineException(status, message);
  }

  /// Whether the Engine knows no such container.
  public boolean notFound() {
    return status == 404;
  }

  /// Whether the Engine knows no such container any more, or is removing it.
  public boolean gone() {
    return status == 404 || status == 409;
  }

  /// Whether the Engine answered at all; if so, asking again soon gives the same answer.
  public boolean answered() {
    return status != UNREACHABLE;
  }
}
