package dev.weir.agent.loki.write;

import dev.weir.agent.httpclient.HttpClientArguments;
import dev.weir.agent.river.eval.BlockField;
import dev.weir.agent.river.eval.ByteSize;
import dev.weir.agent.river.eval.Default;
import dev.weir.agent.river.eval.Name;
import dev.weir.agent.river.eval.Secret;
import dev.weir.agent.river.eval.Squash;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// Where to push, how much at a time, and how to go on after a failure.
///
/// Two defaults differ from Alloy, so that nothing is given up without being told to, and delivery
/// goes on soon after an outage: `max_backoff_retries` 0 (for ever; there 10) and
/// `max_backoff_period` 30 s (there 5 m).
///
/// @param url of the push API, such as `http://loki:3100/loki/api/v1/push`
/// @param name of the endpoint in messages
/// @param batchWait the oldest that a push may become before it is sent
/// @param batchSize encoded bytes per push
/// @param remoteTimeout for one push
/// @param headers for every push; they do not replace those that the protocol needs
/// @param minBackoffPeriod shortest wait before a push is sent again
/// @param maxBackoffPeriod longest wait before a push is sent again
/// @param maxBackoffRetries attempts per push before its entries are dropped, 0 for no limit
/// @param retryOnHttp429 whether pushes are sent again after a 429; else they are dropped
/// @param tenantId sent as `X-Scope-OrgID` with entries that have no tenant of their own
/// @param queueConfig how much waits and how many send
public record EndpointArguments(
    String url,
    @Default("\"\"") String name,
    @Default("\"1s\"") Duration batchWait,
    @Default("\"1MiB\"") ByteSize batchSize,
    @Default("\"10s\"") Duration remoteTimeout,
    @Default("{}") Map<String, Secret> headers,
    @Default("\"500ms\"") Duration minBackoffPeriod,
    @Default("\"30s\"") Duration maxBackoffPeriod,
    @Default("0") int maxBackoffRetries,
    @Name("retry_on_http_429") @Default("true") boolean retryOnHttp429,
    @Default("\"\"") String tenantId,
    @Squash HttpClientArguments client,
    @BlockField @Default QueueConfig queueConfig) {
  private static final long MAX_BATCH_SIZE = 64 << 20;

  public EndpointArguments {
    headers = Map.copyOf(headers);
    uri(url);
    if (batchSize.bytes() < 1 || batchSize.bytes() > MAX_BATCH_SIZE) {
      throw new IllegalArgumentException("batch_size must be between 1B and 64MiB");
    }
    positive("remote_timeout", remoteTimeout);
    positive("min_backoff_period", minBackoffPeriod);
    positive("max_backoff_period", maxBackoffPeriod);
    if (maxBackoffRetries < 0) {
      throw new IllegalArgumentException("max_backoff_retries must not be negative");
    }
  }

  /// How much may wait, and who sends it.
  ///
  /// @param capacity compressed bytes that may wait for Loki; beyond it, reading stops
  /// @param minShards parallel senders; a stream always goes through the same one
  /// @param drainTimeout how long a stopping endpoint tries to deliver what is left
  /// @param blockOnOverflow false to drop (and count) entries instead of making sources wait
  public record QueueConfig(
      @Default("\"10MiB\"") ByteSize capacity,
      @Default("1") int minShards,
      @Default("\"15s\"") Duration drainTimeout,
      @Default("true") boolean blockOnOverflow) {
    private static final int MAX_SHARDS = 64;

    public QueueConfig {
      if (capacity.bytes() < 1) {
        throw new IllegalArgumentException("queue_config capacity must be positive");
      }
      if (minShards < 1 || minShards > MAX_SHARDS) {
        throw new IllegalArgumentException(
            "queue_config min_shards must be between 1 and " + MAX_SHARDS);
      }
      if (drainTimeout.isNegative()) {
        throw new IllegalArgumentException("queue_config drain_timeout must not be negative");
      }
    }
  }

  URI uri() {
    return uri(url);
  }

  /// The server as metrics name it: host, and port when the URL has one.
  String host() {
    URI uri = uri();
    return uri.getPort() < 0 ? uri.getHost() : uri.getHost() + ":" + uri.getPort();
  }

  private static void positive(String name, Duration value) {
    if (value.isNegative() || value.isZero()) {
      throw new IllegalArgumentException(name + " must be positive");
    }
  }

  private static URI uri(String text) {
    try {
      var uri = new URI(text);
      String scheme = uri.getScheme();
      if (uri.getHost() == null || !List.of("http", "https").contains(scheme)) {
        throw new IllegalArgumentException("url must be http://... or https://...");
      }
      return uri;
    } catch (URISyntaxException e) {
      // Its message repeats the input, which may hold a password.
      throw new IllegalArgumentException("url is not valid: " + e.getReason());
    }
  }
}
