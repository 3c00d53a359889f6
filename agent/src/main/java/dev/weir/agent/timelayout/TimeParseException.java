package dev.weir.agent.timelayout;

/// Text that is not a time in the layout asked for.
///
/// Has no stack trace: it is thrown for lines, not for errors of the program.
public final class TimeParseException extends Exception {
  private static final long serialVersionUID = 1L;

  /// With a message for debug logs.
  public TimeParseException(String message) {
    super(message, null, false, false);
  }
}
