package dev.weir.agent.loki.write;

/// Why entries were dropped, as metrics have it.
enum DropReason {
  INGESTER_ERROR("ingester_error"),
  RATE_LIMITED("rate_limited"),
  STREAM_LIMITED("stream_limited"),
  LINE_TOO_LONG("line_too_long"),
  QUEUE_IS_FULL("queue_is_full"),
  /// Of a Kubernetes namespace that the pipeline must not read. Its source should not have let it
  /// through.
  NAMESPACE_NOT_ALLOWED("namespace_not_allowed"),
  /// The write-ahead log was full, and other endpoints were ahead.
  WAL_FULL("wal_full"),
  /// Too old for the write-ahead log.
  WAL_EXPIRED("wal_expired"),
  /// The disk did not give it back as it was written.
  WAL_DAMAGED("wal_damaged"),
  /// Left in the write-ahead log for an endpoint that is no longer configured.
  ENDPOINT_REMOVED("endpoint_removed");

  private final String text;

  DropReason(String text) {
    this.text = text;
  }

  String text() {
    return text;
  }
}
