package dev.weir.agent.loki.write;

import dev.weir.agent.component.Report;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/// How an endpoint is doing, for health and report.
///
/// Thread-safe.
final class EndpointStatus {
  /// How long after trouble inside its answers are not taken at their word.
  private static final Duration SUSPICION = Duration.ofMinutes(2);

  private final String host;
  private final InstantSource clock;
  private volatile @Nullable String trouble;
  private volatile @Nullable Instant lastSuccess;
  private volatile Report.@Nullable Failure lastFailure;
  private volatile @Nullable Instant lastInsideTrouble;

  EndpointStatus(String host, InstantSource clock) {
    this.host = host;
    this.clock = clock;
  }

  void delivered() {
    trouble = null;
    lastSuccess = clock.instant();
  }

  void failed(Answer answer) {
    if (answer.isTroubleInside()) {
      lastInsideTrouble = clock.instant();
    }
    boolean answered = answer.status() != Answer.NONE;
    String status = answered ? "status " + answer.status() + ": " : "";
    trouble = host + ": " + status + answer.summary();
    lastFailure =
        new Report.Failure(answered ? answer.status() : 0, answer.summary(), clock.instant());
  }

  void dropped(Answer answer) {
    failed(answer);
  }

  /// Whether a part of the server may be failing while the others work.
  boolean isTroubledInside() {
    Instant last = lastInsideTrouble;
    return last != null && Duration.between(last, clock.instant()).compareTo(SUSPICION) < 0;
  }

  /// What is wrong, null when nothing is.
  @Nullable String trouble() {
    return trouble;
  }

  /// When something was last delivered, null before that.
  @Nullable Instant lastSuccess() {
    return lastSuccess;
  }

  /// What last went wrong, null while nothing did.
  Report.@Nullable Failure lastFailure() {
    return lastFailure;
  }
}
