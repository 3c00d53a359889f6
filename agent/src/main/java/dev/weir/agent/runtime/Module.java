package dev.weir.agent.runtime;

import dev.weir.agent.river.Body;
import dev.weir.agent.river.Diagnostic;
import dev.weir.agent.river.DiagnosticsException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One configuration among many in a process, with names, components and a graph of its own: it
/// refers to nothing outside itself, and nothing refers to it.
///
/// A configuration is taken whole or not at all. One that shall replace another is first built
/// beside it and thrown away, so that whatever refuses it does so before anything that runs is
/// touched.
///
/// Changes take turns. Thread-safe.
public final class Module {
  private static final Logger log = LoggerFactory.getLogger(Module.class);

  private static final Duration LAST_CHANGE = Duration.ofSeconds(5);

  /// The runtime's meters are about the configuration that the agent was started with.
  private static final RuntimeMetrics UNSHOWN = new RuntimeMetrics(new SimpleMeterRegistry());

  private final RuntimeEnvironment environment;
  private final String modulePath;
  private final Nodes nodes;
  private final ReentrantLock changing = new ReentrantLock();
  private final Stopping stopping = new Stopping();
  private @Nullable Plan inForce;

  /// @param modulePath what the variable `module_path` names
  public Module(RuntimeEnvironment environment, String modulePath) {
    this.environment = environment;
    this.modulePath = modulePath;
    this.nodes = new Nodes(environment, UNSHOWN);
  }

  /// Builds a configuration and throws it away; changes nothing.
  ///
  /// @throws DiagnosticsException with every error
  public static void rehearse(RuntimeEnvironment environment, Body body, String modulePath)
      throws DiagnosticsException, InterruptedException {
    rehearse(environment, Planner.planOf(environment, List.of(body)), modulePath);
  }

  private static void rehearse(RuntimeEnvironment environment, Plan plan, String modulePath)
      throws DiagnosticsException, InterruptedException {
    RuntimeEnvironment aside =
        environment.within(environment.surroundings(), new SimpleMeterRegistry(), Outlets.NONE);
    Nodes rehearsal = new Nodes(aside, UNSHOWN);
    List<Diagnostic> errors;
    try {
      errors = rehearsal.put(plan, modulePath);
    } finally {
      rehearsal.close(Duration.ZERO).run();
    }
    if (!errors.isEmpty()) {
      throw new DiagnosticsException(errors);
    }
  }

  /// Puts a configuration into force: makes what is new, updates in place what has changed, stops
  /// what is gone, in this order, so that no entry is lost between them.
  ///
  /// @throws DiagnosticsException with every error; all is then as it was before
  public void put(Body body) throws DiagnosticsException, InterruptedException {
    changing.lockInterruptibly();
    try {
      if (stopping.begun()) {
        throw new IllegalStateException("the pipeline is stopping");
      }
      Plan plan = Planner.planOf(environment, List.of(body));
      Plan before = inForce;
      if (before != null) {
        rehearse(environment, plan, modulePath);
      }
      List<Diagnostic> errors = nodes.put(plan, modulePath);
      if (!errors.isEmpty()) {
        undo(before);
        throw new DiagnosticsException(errors);
      }
      inForce = plan;
      nodes.start();
      nodes.stopGone(drain());
    } finally {
      changing.unlock();
    }
  }

  /// What went well a moment ago beside, but not in place, is rare: a file that changes meanwhile.
  private void undo(@Nullable Plan before) throws InterruptedException {
    if (before == null) {
      nodes.discard();
      return;
    }
    for (Diagnostic error : nodes.put(before, modulePath)) {
      log.atError()
          .addKeyValue("module", environment.surroundings().moduleId())
          .addKeyValue("err", error.summary())
          .log("cannot go back to the configuration before");
    }
    nodes.start();
    nodes.stopGone(drain());
  }

  /// All components of the configuration in force, by id.
  public List<ComponentInfo> components() {
    return nodes.graph().components(environment.surroundings().moduleId());
  }

  /// All components of the configuration in force, as who watches over them needs them.
  public List<ModulePart> parts() {
    return nodes.graph().parts();
  }

  /// Stops every component, sources before what they feed, and returns when all have ended or have
  /// used up their time. A second call while the first goes on makes it end at once.
  public void stop() throws InterruptedException {
    if (!stopping.begin()) {
      return;
    }
    boolean alone = changing.tryLock(LAST_CHANGE.toMillis(), TimeUnit.MILLISECONDS);
    try {
      stopping.run(nodes.close(drain()));
    } finally {
      if (alone) {
        changing.unlock();
      }
    }
  }

  private Duration drain() {
    return environment.agent().drainTimeout();
  }
}
