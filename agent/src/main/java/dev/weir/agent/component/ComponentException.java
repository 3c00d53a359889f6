package dev.weir.agent.component;

/// Arguments that are well-formed but cannot be used, with a message for the user.
public final class ComponentException extends Exception {
  private static final long serialVersionUID = 1L;

  public ComponentException(String message) {
    super(message);
  }

  public ComponentException(String message, Throwable cause) {
    super(message, cause);
  }
}
