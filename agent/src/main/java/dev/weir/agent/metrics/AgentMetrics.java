package dev.weir.agent.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.prometheus.metrics.core.metrics.Info;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The registry of the agent, and what holds for the whole process.
///
/// The management classes behind the JVM's meters take longer to load than the rest of a start, so
/// they are bound by the first scrape. Thread-safe.
public final class AgentMetrics implements AutoCloseable {
  private final AgentRegistry registry = new AgentRegistry();
  private @Nullable JvmGcMetrics collections;

  /// @param version of the agent, without a leading `v`
  /// @param revision it was built from; empty when unknown
  public AgentMetrics(String version, String revision) {
    Info.builder()
        .name("alloy_build_info")
        .help("What this agent is built from, as labels")
        .labelNames("branch", "goarch", "goos", "goversion", "revision", "tags", "version")
        .register(registry.getPrometheusRegistry())
        .addLabelValues(
            "", architecture(), "linux", "java" + Runtime.version(), revision, "", "v" + version);
  }

  /// Takes the meters of everybody.
  public MeterRegistry registry() {
    return registry;
  }

  /// All metrics, as `text/plain; version=0.0.4` or in OpenMetrics.
  ///
  /// @param accept the `Accept` header of who asks, null without one
  public String scrape(@Nullable String accept) {
    bindProcess();
    return registry.text(accept);
  }

  @Override
  public synchronized void close() {
    if (collections != null) {
      collections.close();
    }
    registry.close();
  }

  private synchronized void bindProcess() {
    if (collections == null) {
      collections = new JvmGcMetrics();
      collections.bindTo(registry);
      new JvmMemoryMetrics().bindTo(registry);
      new JvmThreadMetrics().bindTo(registry);
      new ProcessMetrics().bindTo(registry);
    }
  }

  /// The architecture by its name in Go, which dashboards know.
  private static String architecture() {
    String name = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
    return switch (name) {
      case "x86_64" -> "amd64";
      case "aarch64" -> "arm64";
      default -> name;
    };
  }
}
