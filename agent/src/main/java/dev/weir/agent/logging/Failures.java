package dev.weir.agent.logging;

import java.util.List;

/// Renders what was thrown as fields of a line.
final class Failures {
  private static final int FRAMES = 12;
  private static final int CAUSES = 5;

  private Failures() {}

  /// Adds the messages of the failure and its causes; where it went wrong only for failures of our
  /// own making, as a place in the code tells a user nothing about the world.
  static void addTo(List<Field> fields, Throwable thrown) {
    fields.add(new Field("err", Bounded.cut(messages(thrown), Bounded.VALUE_BYTES)));
    if (thrown instanceof RuntimeException || thrown instanceof Error) {
      fields.add(new Field("stack", Bounded.cut(stack(thrown), Bounded.TEXT_BYTES)));
    }
  }

  private static String messages(Throwable thrown) {
    StringBuilder out = new StringBuilder(describe(thrown));
    Throwable cause = thrown.getCause();
    for (int depth = 0; cause != null && depth < CAUSES; depth++) {
      String message = describe(cause);
      if (out.indexOf(message) < 0) {
        out.append(": ").append(message);
      }
      cause = cause.getCause();
    }
    return out.toString();
  }

  private static String describe(Throwable thrown) {
    String message = thrown.getMessage();
    return message == null || message.isBlank() ? thrown.getClass().getSimpleName() : message;
  }

  private static String stack(Throwable thrown) {
    StringBuilder out = new StringBuilder(thrown.getClass().getName());
    StackTraceElement[] frames = thrown.getStackTrace();
    for (int i = 0; i < Math.min(FRAMES, frames.length); i++) {
      out.append(" < ")
          .append(frames[i].getClassName())
          .append('.')
          .append(frames[i].getMethodName())
          .append(':')
          .append(frames[i].getLineNumber());
    }
    return out.toString();
  }
}
