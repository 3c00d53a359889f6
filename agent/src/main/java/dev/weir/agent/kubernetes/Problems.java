package dev.weir.agent.kubernetes;

import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.KubernetesClientException;
import org.jspecify.annotations.Nullable;

/// What went wrong, in one line for people.
public final class Problems {
  private Problems() {}

  /// The server's own words where it has answered, else those of the innermost cause.
  public static String text(Throwable problem) {
    Throwable cause = problem;
    while (true) {
      String answer = cause instanceof KubernetesClientException e ? answer(e) : null;
      if (answer != null) {
        return answer;
      }
      Throwable deeper = cause.getCause();
      if (deeper == null) {
        String message = cause.getMessage();
        return message == null ? cause.getClass().getSimpleName() : firstLine(message);
      }
      cause = deeper;
    }
  }

  private static @Nullable String answer(KubernetesClientException problem) {
    Status status = problem.getStatus();
    if (problem.getCode() == 0) {
      return null;
    }
    String said = status == null ? null : status.getMessage();
    return "API server answered "
        + problem.getCode()
        + (said == null ? "" : ": " + firstLine(said));
  }

  private static String firstLine(String text) {
    int end = text.indexOf('\n');
    return end < 0 ? text : text.substring(0, end);
  }
}
