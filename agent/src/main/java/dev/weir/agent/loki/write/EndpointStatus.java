package dev.weir.agent.loki.write;

import org.jspecify.annotations.Nullable;

/// How an endpoint is doing, for health.
///
/// Thread-safe.
final class EndpointStatus {
  private final String host;
  private volatile @Nullable String trouble;

  EndpointStatus(String host) {
    this.host = host;
  }

  void delivered() {
    trouble = null;
  }

  void failed(Answer answer) {
    String status = answer.status() == Answer.NONE ? "" : "status " + answer.status() + ": ";
    trouble = host + ": " + status + answer.text();
  }

  void dropped(Answer answer) {
    failed(answer);
  }

  /// What is wrong, null when nothing is.
  @Nullable String trouble() {
    return trouble;
  }
}
