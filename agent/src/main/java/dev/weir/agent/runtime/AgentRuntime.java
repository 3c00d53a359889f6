package dev.weir.agent.runtime;

import dev.weir.agent.component.Health.State;
import dev.weir.agent.river.Diagnostic;
import dev.weir.agent.river.DiagnosticsException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs one configuration. What the command line does with it:
///
/// ```java
/// var runtime = new AgentRuntime(environment);
/// runtime.load(path);    // DiagnosticsException: print its diagnostics, exit 1
/// ...                    // SIGHUP, POST /-/reload:
/// runtime.reload();      // DiagnosticsException: tell the caller, go on
/// ...                    // SIGTERM:
/// runtime.stop();        // drains; a second call, from another thread, ends it at once
/// ```
///
/// Loads and reloads take turns. Everything may be called by any thread.
public final class AgentRuntime {
  private static final Logger log = LoggerFactory.getLogger(AgentRuntime.class);

  private static final Duration LAST_LOAD = Duration.ofSeconds(5);

  private final RuntimeEnvironment environment;
  private final RuntimeMetrics metrics;
  private final Nodes nodes;
  private final ReentrantLock loading = new ReentrantLock();
  private final Stopping stopping = new Stopping();
  private volatile @Nullable Path path;
  private volatile boolean ready;

  public AgentRuntime(RuntimeEnvironment environment) {
    this.environment = environment;
    this.metrics = new RuntimeMetrics(environment.registry());
    this.nodes = new Nodes(environment, metrics);
    metrics.show(this::countsByHealth, nodes::queued);
  }

  /// Every error that can be seen in a configuration without evaluating references; makes nothing.
  public static List<Diagnostic> check(
      RuntimeEnvironment environment, Configuration configuration) {
    return Checker.check(environment, configuration);
  }

  /// Loads a file or directory and starts its components; only when all of it is right.
  ///
  /// @throws IOException when it cannot be read
  /// @throws DiagnosticsException with every error; nothing runs then
  public void load(Path newPath) throws IOException, DiagnosticsException, InterruptedException {
    path = newPath;
    reload();
  }

  /// Runs an empty configuration: all blocks have their defaults.
  ///
  /// @throws DiagnosticsException when even this cannot be used
  public void loadDefaults() throws IOException, DiagnosticsException, InterruptedException {
    path = null;
    reload();
  }

  /// Reads the same file or directory again and changes what runs accordingly.
  ///
  /// With structural errors, or when it cannot be read, everything stays as it was. When components
  /// refuse their arguments, those keep the old ones, or do not run when they are new, and report
  /// unhealthy; all others change.
  ///
  /// @throws IOException when it cannot be read
  /// @throws DiagnosticsException with every error
  public void reload() throws IOException, DiagnosticsException, InterruptedException {
    loading.lockInterruptibly();
    try {
      change(read());
      metrics.loadSucceeded(environment.clock().instant());
    } catch (IOException | DiagnosticsException failure) {
      metrics.loadFailed();
      throw failure;
    } finally {
      loading.unlock();
    }
  }

  /// Whether a configuration has been loaded and not been stopped.
  public boolean ready() {
    return ready;
  }

  /// All components of the configuration in force, by id.
  public List<ComponentInfo> components() {
    return nodes.graph().components("");
  }

  /// One component of the configuration in force.
  public Optional<ComponentInfo> component(String id) {
    return components().stream().filter(info -> info.localId().equals(id)).findFirst();
  }

  /// The ids of components that are unhealthy or do nothing any more.
  public List<String> unhealthy() {
    return components().stream()
        .filter(info -> info.health().state().compareTo(State.UNHEALTHY) >= 0)
        .map(ComponentInfo::localId)
        .toList();
  }

  /// Stops every component, sources before what they feed, and returns when all have ended or have
  /// used up their time. A second call while the first goes on makes it end at once.
  public void stop() throws InterruptedException {
    ready = false;
    if (!stopping.begin()) {
      return;
    }
    boolean alone = loading.tryLock(LAST_LOAD.toMillis(), TimeUnit.MILLISECONDS);
    try {
      stopping.run(nodes.close(drain()));
    } finally {
      if (alone) {
        loading.unlock();
      }
    }
  }

  private void change(Configuration configuration)
      throws DiagnosticsException, InterruptedException {
    if (stopping.begun()) {
      throw new IllegalStateException("the agent is stopping");
    }
    if (configuration.files().isEmpty() && path != null) {
      log.atWarn()
          .addKeyValue("path", configuration.path())
          .log("no *.alloy or *.river file in the directory, nothing to run");
    }
    Plan plan = Planner.plan(environment, configuration.files());
    List<Diagnostic> errors = nodes.put(plan, configuration.modulePath());
    if (!errors.isEmpty() && !ready) {
      nodes.discard();
      throw new DiagnosticsException(errors);
    }
    nodes.start();
    nodes.stopGone(drain());
    metrics.inForce(configuration.sha256(), nodes.graph());
    ready = true;
    if (!errors.isEmpty()) {
      throw new DiagnosticsException(errors);
    }
  }

  private Configuration read() throws IOException {
    Path known = path;
    return known == null ? Configuration.EMPTY : Configuration.read(known);
  }

  private Duration drain() {
    return environment.agent().drainTimeout();
  }

  private Map<String, Integer> countsByHealth() {
    Map<String, Integer> counts = new TreeMap<>();
    for (Node node : nodes.graph().nodes()) {
      if (node.component().isPresent()) {
        counts.merge(node.health().state().text(), 1, Integer::sum);
      }
    }
    return counts;
  }
}
