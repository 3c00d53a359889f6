package dev.weir.agent.runtime;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/// What the runtime tells about itself, with Alloy's names. Thread-safe.
final class RuntimeMetrics {
  private static final Tags CONTROLLER = Tags.of("controller_path", "/", "controller_id", "");
  private static final Duration[] BUCKETS =
      IntStream.of(5, 25, 100, 500, 1_000, 5_000, 10_000, 30_000, 60_000, 120_000, 300_000, 600_000)
          .mapToObj(Duration::ofMillis)
          .toArray(Duration[]::new);

  private final AtomicInteger evaluating = new AtomicInteger();
  private final Timer evaluation;
  private final Timer dependenciesWait;
  private final Counter loadFailures;
  private final MultiGauge hash;
  private final MultiGauge connections;
  private final MeterRegistry registry;
  private volatile double lastLoadSuccessful;
  private volatile double lastSuccess;

  RuntimeMetrics(MeterRegistry registry) {
    this.registry = registry;
    evaluation =
        histogram(
            "alloy_component_evaluation_seconds", "Time spent performing component evaluation");
    dependenciesWait =
        histogram(
            "alloy_component_dependencies_wait_seconds",
            "Time spent by components waiting to be evaluated after their dependency is updated");
    loadFailures =
        Counter.builder("alloy_config_load_failures_total")
            .description("Configuration loads that failed")
            .register(registry);
    hash =
        MultiGauge.builder("alloy_config_hash")
            .description("Hash of the configuration in force, as a label; always 1")
            .register(registry);
    connections =
        MultiGauge.builder("alloy_component_graph_connection")
            .description("References between components: 1 for each")
            .register(registry);
    registerGauges();
  }

  /// Shows how many components have each health, and how many wait to be evaluated.
  void show(Supplier<Map<String, Integer>> running, Supplier<Number> queued) {
    for (String health : List.of("healthy", "unknown", "unhealthy", "exited")) {
      Gauge.builder(
              "alloy_component_controller_running_components",
              () -> running.get().getOrDefault(health, 0))
          .description("Running components by health")
          .tags(CONTROLLER.and("health_type", health))
          .register(registry);
    }
    Gauge.builder("alloy_component_evaluation_queue_size", queued)
        .description("Components waiting to be evaluated")
        .tags(CONTROLLER)
        .register(registry);
  }

  /// Times one evaluation of a component.
  <T> T timed(Supplier<T> evaluate) {
    long start = System.nanoTime();
    evaluating.incrementAndGet();
    try {
      return evaluate.get();
    } finally {
      evaluating.decrementAndGet();
      evaluation.record(System.nanoTime() - start, TimeUnit.NANOSECONDS);
    }
  }

  void waited(long nanos) {
    dependenciesWait.record(nanos, TimeUnit.NANOSECONDS);
  }

  void loadFailed() {
    loadFailures.increment();
    lastLoadSuccessful = 0;
  }

  void loadSucceeded(Instant when) {
    lastLoadSuccessful = 1;
    lastSuccess = when.toEpochMilli() / 1000.0;
  }

  /// Shows the configuration in force.
  void inForce(String sha256, Graph graph) {
    hash.register(
        List.of(MultiGauge.Row.of(Tags.of("sha256", sha256, "cluster_name", ""), 1)), true);
    List<MultiGauge.Row<?>> edges = new ArrayList<>();
    for (Node node : graph.nodes()) {
      for (Node dependency : node.dependencies()) {
        Tags tags = CONTROLLER.and("from", node.id(), "to", dependency.id());
        edges.add(MultiGauge.Row.of(tags, 1));
      }
    }
    connections.register(edges, true);
  }

  private void registerGauges() {
    Gauge.builder("alloy_component_controller_evaluating", evaluating, n -> n.get() > 0 ? 1 : 0)
        .description("Whether components are being evaluated")
        .tags(CONTROLLER)
        .strongReference(true)
        .register(registry);
    Gauge.builder("alloy_config_last_load_successful", () -> lastLoadSuccessful)
        .description("Whether the last configuration load was successful")
        .register(registry);
    Gauge.builder("alloy_config_last_load_success_timestamp_seconds", () -> lastSuccess)
        .description("When a configuration was last loaded successfully")
        .register(registry);
  }

  private Timer histogram(String name, String help) {
    return Timer.builder(name)
        .description(help)
        .serviceLevelObjectives(BUCKETS)
        .tags(CONTROLLER)
        .register(registry);
  }
}
