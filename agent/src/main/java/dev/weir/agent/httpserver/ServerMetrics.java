package dev.weir.agent.httpserver;

import dev.weir.agent.metrics.ComponentMetrics;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// What a server tells about its requests, under Alloy's names after a prefix. Thread-safe.
final class ServerMetrics {
  private static final double[] SECONDS = {
    .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 25, 50, 100
  };
  private static final double[] BYTES = {
    1 << 20, 2.5 * (1 << 20), 5 << 20, 10 << 20, 25 << 20, 50 << 20, 100 << 20, 250 << 20
  };

  private final ComponentMetrics metrics;
  private final String prefix;
  private final Map<String, AtomicInteger> inflight = new ConcurrentHashMap<>();

  /// @param prefix such as `loki_source_api`
  ServerMetrics(ComponentMetrics metrics, String prefix) {
    this.metrics = metrics;
    this.prefix = prefix;
  }

  /// Counts a request that begins; give the counter back to [#ended].
  AtomicInteger began(String method, String route) {
    AtomicInteger running =
        inflight.computeIfAbsent(method + ' ' + route, _ -> gauge(method, route));
    running.incrementAndGet();
    return running;
  }

  private AtomicInteger gauge(String method, String route) {
    var running = new AtomicInteger();
    metrics.gauge(
        prefix + "_inflight_requests",
        "Current number of inflight requests.",
        running,
        AtomicInteger::get,
        "method",
        method,
        "route",
        route);
    return running;
  }

  void ended(String method, String route, int status, long nanos, long received, long sent) {
    metrics
        .histogram(
            prefix + "_request_duration_seconds",
            "Time (in seconds) spent serving HTTP requests.",
            SECONDS,
            "method",
            method,
            "route",
            route,
            "status_code",
            Integer.toString(status),
            "ws",
            "false")
        .record(nanos / 1e9);
    size(
            "_request_message_bytes",
            "Size (in bytes) of messages received in the request.",
            method,
            route)
        .record((double) received);
    size("_response_message_bytes", "Size (in bytes) of messages sent in response.", method, route)
        .record((double) sent);
  }

  private io.micrometer.core.instrument.DistributionSummary size(
      String name, String help, String method, String route) {
    return metrics.histogram(prefix + name, help, BYTES, "method", method, "route", route);
  }
}
