package dev.weir.agent.loki.write;

import dev.weir.agent.httpclient.HttpResponse;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// How an attempt ended.
///
/// @param status of HTTP, or [#NONE]
/// @param text what the server said, or why there is no answer; one line, printable
/// @param retryAfter how long the server asks to be left alone
record Answer(int status, String text, @Nullable Duration retryAfter) {
  /// There was no answer; the push may have been stored all the same.
  static final int NONE = -1;

  private static final int MAX_TEXT = 16 << 10;
  private static final int MAX_SUMMARY = 1024;

  /// Loki answers 500 to some pushes that it will never take. The distributor takes a push that is
  /// larger than what it may hand on.
  private static final String TOO_LARGE_INSIDE = "message larger than max";

  /// A name of structured metadata in which nothing is left when it is made a label's name.
  private static final Pattern NO_NAME =
      Pattern.compile("label name is empty|normalization for label name .* resulted in invalid");

  /// What to do about it.
  enum Verdict {
    DELIVERED,
    /// Server or network trouble: the same bytes again.
    RETRY,
    /// The server cannot be meant to get this push at all: wrong path, tenant or password. Retried,
    /// because only a person can tell.
    MISCONFIGURED,
    RATE_LIMITED,
    /// Some entries are refused; Loki has stored the others.
    REJECTED,
    TOO_LARGE
  }

  static Answer of(HttpResponse response) {
    return new Answer(
        response.status(),
        printable(response.text()),
        RetryAfter.parse(response.header("Retry-After")));
  }

  static Answer failure(Exception e) {
    String message = e.getMessage();
    String text = message == null ? e.getClass().getSimpleName() : message;
    return new Answer(NONE, printable(text), null);
  }

  /// The start of the text, for people.
  String summary() {
    return text.substring(0, Math.min(text.length(), MAX_SUMMARY));
  }

  Verdict verdict() {
    if (status >= 200 && status < 300) {
      return Verdict.DELIVERED;
    }
    return switch (status) {
      case 400, 422 -> Verdict.REJECTED;
      case 413 -> Verdict.TOO_LARGE;
      case 429 -> Verdict.RATE_LIMITED;
      case NONE, 408 -> Verdict.RETRY;
      case 500 -> ofServerError();
      default -> status > 500 ? Verdict.RETRY : Verdict.MISCONFIGURED;
    };
  }

  /// Whether an ingester may have failed: Loki answers 500 then. Being unreachable, and what
  /// proxies say, tells of all of it.
  boolean isTroubleInside() {
    return status == 500 && verdict() == Verdict.RETRY;
  }

  private Verdict ofServerError() {
    if (text.contains(TOO_LARGE_INSIDE)) {
      return Verdict.TOO_LARGE;
    }
    return NO_NAME.matcher(text).find() ? Verdict.REJECTED : Verdict.RETRY;
  }

  private static String printable(String text) {
    var line = new StringBuilder(text.strip());
    line.setLength(Math.min(line.length(), MAX_TEXT));
    for (int i = 0; i < line.length(); i++) {
      if (Character.isISOControl(line.charAt(i))) {
        line.setCharAt(i, ' ');
      }
    }
    return line.toString();
  }
}
