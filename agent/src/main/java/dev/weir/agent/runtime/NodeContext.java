package dev.weir.agent.runtime;

import dev.weir.agent.component.AgentSettings;
import dev.weir.agent.component.Buffers;
import dev.weir.agent.component.ComponentContext;
import dev.weir.agent.component.Policy;
import dev.weir.agent.logging.Logging;
import dev.weir.agent.metrics.ComponentMetrics;
import dev.weir.agent.river.eval.Decoder;
import dev.weir.agent.river.eval.Value;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/// The surroundings of one component, and the exports that it published last.
///
/// Thread-safe.
final class NodeContext implements ComponentContext {
  private final String id;
  private final RuntimeEnvironment environment;
  private final Runnable exportsChanged;
  private final Logger log;
  private final ComponentMetrics metrics;
  private volatile @Nullable Published published;
  private volatile boolean closed;
  private volatile @Nullable Long drainEnd;

  /// @param id within its configuration
  /// @param exportsChanged called on the publishing thread; must not block
  NodeContext(String id, RuntimeEnvironment environment, Runnable exportsChanged) {
    this.id = id;
    this.environment = environment;
    this.exportsChanged = exportsChanged;
    String path = environment.surroundings().path();
    this.log = Logging.component(id, path);
    this.metrics = new ComponentMetrics(environment.registry(), id, path);
  }

  @Override
  public void publish(Record exports) {
    synchronized (this) {
      Published last = published;
      if (closed || (last != null && last.exports.equals(exports))) {
        return;
      }
      published = new Published(exports, Decoder.encode(exports));
    }
    exportsChanged.run();
  }

  Optional<Record> exports() {
    return Optional.ofNullable(published).map(Published::exports);
  }

  Optional<Value> value() {
    return Optional.ofNullable(published).map(Published::value);
  }

  /// Removes the component's meters; later exports are ignored.
  void close() {
    closed = true;
    metrics.close();
  }

  @Override
  public String id() {
    return environment.surroundings().globalId(id);
  }

  @Override
  public Logger log() {
    return log;
  }

  @Override
  public Path dataPath() {
    return environment.surroundings().storage().resolve(id);
  }

  @Override
  public Policy policy() {
    return environment.surroundings().policy();
  }

  @Override
  public ComponentMetrics metrics() {
    return metrics;
  }

  @Override
  public InstantSource clock() {
    return environment.clock();
  }

  @Override
  public AgentSettings agent() {
    Long end = drainEnd;
    return end == null
        ? environment.agent()
        : environment.agent().withDrainTimeout(Duration.ofNanos(end - System.nanoTime()));
  }

  /// From now on the component may drain for that long at most.
  void drainWithin(Duration time) {
    drainEnd = System.nanoTime() + time.toNanos();
  }

  @Override
  public Buffers buffers() {
    return environment.surroundings().buffers();
  }

  private record Published(Record exports, Value value) {}
}
