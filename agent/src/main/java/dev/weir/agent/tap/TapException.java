package dev.weir.agent.tap;

/// A tap that cannot be opened, with a message for the user.
public final class TapException extends Exception {
  private static final long serialVersionUID = 1L;

  private final Kind kind;

  /// What is wrong with it.
  public enum Kind {
    /// There is no component of that name.
    UNKNOWN,
    /// The component passes nothing on.
    SILENT,
    /// There are as many taps as there may be.
    TOO_MANY
  }

  TapException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }
}
