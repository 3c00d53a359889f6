package dev.weir.agent.testkit;

import dev.weir.agent.component.AgentSettings;
import dev.weir.agent.component.Buffers;
import dev.weir.agent.component.ComponentContext;
import dev.weir.agent.component.Policy;
import dev.weir.agent.component.Stability;
import dev.weir.agent.logging.Logging;
import dev.weir.agent.metrics.AgentRegistry;
import dev.weir.agent.metrics.ComponentMetrics;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;

/// A component's surroundings in a test: a real metrics registry, a directory, and the exports
/// seen.
public final class TestContext implements ComponentContext {
  private final Policy policy;
  private final Buffers buffers;
  private final String id;
  private final Path storage;
  private final AgentRegistry registry = new AgentRegistry();
  private final ComponentMetrics metrics;
  private volatile Duration stallTimeout = AgentSettings.STALL_TIMEOUT;
  private final List<Record> published = new CopyOnWriteArrayList<>();

  public TestContext(String id, Path storage) {
    this(id, storage, Policy.OPEN, Buffers.UNLIMITED);
  }

  /// One of a pipeline.
  public TestContext(String id, Path storage, Policy policy, Buffers buffers) {
    this.policy = policy;
    this.buffers = buffers;
    this.id = id;
    this.storage = storage;
    this.metrics = new ComponentMetrics(registry, id, "/");
  }

  /// All exports published so far.
  public List<Record> published() {
    return List.copyOf(published);
  }

  /// The metrics as Prometheus would read them.
  public String scrape() {
    return registry.text(null);
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public Logger log() {
    return Logging.component(id, "/");
  }

  @Override
  public Path dataPath() {
    return storage.resolve(id);
  }

  @Override
  public ComponentMetrics metrics() {
    return metrics;
  }

  @Override
  public InstantSource clock() {
    return InstantSource.system();
  }

  @Override
  public void publish(Record exports) {
    published.add(exports);
  }

  @Override
  public AgentSettings agent() {
    return new AgentSettings(
        storage, Stability.GENERALLY_AVAILABLE, "0.1.0", Duration.ofSeconds(5), stallTimeout);
  }

  /// From now on targets may stand still that long.
  public TestContext stallTimeout(Duration timeout) {
    stallTimeout = timeout;
    return this;
  }

  @Override
  public Policy policy() {
    return policy;
  }

  @Override
  public Buffers buffers() {
    return buffers;
  }
}
