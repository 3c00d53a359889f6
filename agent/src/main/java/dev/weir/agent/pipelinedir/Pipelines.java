package dev.weir.agent.pipelinedir;

import dev.weir.agent.component.Buffers;
import dev.weir.agent.component.Joining;
import dev.weir.agent.local.FileChanges;
import dev.weir.agent.logging.RateLimitedLog;
import dev.weir.agent.pipelinedir.PipelineStatus.State;
import dev.weir.agent.runtime.ComponentInfo;
import dev.weir.agent.runtime.Module;
import dev.weir.agent.runtime.Outlets;
import dev.weir.agent.runtime.RuntimeEnvironment;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/// Runs every pipeline of a directory, and follows what becomes of it.
///
/// ```java
/// var pipelines = new Pipelines(settings, environment, meters);
/// pipelines.start();     // returns at once
/// ...                    // POST /-/reload: whoever asks waits for the result
/// pipelines.reload();
/// ...
/// pipelines.stop();      // drains; a second call, from another thread, ends it at once
/// ```
///
/// Thread-safe.
public final class Pipelines {
  private static final Logger log = LoggerFactory.getLogger(Pipelines.class);

  private static final Duration SAMPLE = Duration.ofSeconds(10);
  private static final Duration SWEEP = Duration.ofHours(1);
  private static final Duration FIRST_LOAD = Duration.ofSeconds(30);
  private static final Duration RELOAD = Duration.ofSeconds(30);
  private static final Duration TELL = Duration.ofMinutes(5);

  private final PipelineHost host;
  private final Roster roster;
  private final OldState oldState;
  private final Totals totals = new Totals();
  private final RateLimitedLog troubles = new RateLimitedLog(log, TELL);
  private final AtomicBoolean stopping = new AtomicBoolean();
  private final Thread loader;
  private volatile boolean loaded;

  /// Whether it was told that the directory cannot be used; of the loader's thread.
  private boolean troubled;

  /// @param environment of the agent
  /// @param meters take those of the pipelines' components, apart from the agent's own
  /// @param outlets sees what the components of a pipeline pass on, by its id
  public Pipelines(
      PipelineSettings settings,
      RuntimeEnvironment environment,
      MeterRegistry meters,
      Function<String, Outlets> outlets) {
    Path state = environment.agent().storagePath().resolve("pipelines");
    var buffers = new Buffers(settings.maxBuffer());
    this.host =
        new PipelineHost(settings, environment, meters, state, new Uids(), buffers, outlets);
    this.roster = new Roster(host);
    this.oldState = new OldState(state);
    this.loader = Thread.ofVirtual().name("pipelines").unstarted(this::run);
    show(environment.registry());
  }

  private void show(MeterRegistry registry) {
    totals.show(registry);
    for (State state : State.values()) {
      Gauge.builder("weir_pipelines", roster, r -> r.count(state))
          .description("Pipelines by what runs of them")
          .tags("state", state.text())
          .register(registry);
    }
    Gauge.builder("weir_pipelines_buffer_bytes", host.buffers(), Buffers::used)
        .description("Bytes that wait for the destinations of all pipelines")
        .register(registry);
    Gauge.builder("weir_pipelines_directory_readable", roster, r -> r.trouble() == null ? 1 : 0)
        .description("Whether the directory of the pipelines could be read when last looked at")
        .register(registry);
  }

  /// Begins to look at the directory.
  public void start() {
    loader.start();
  }

  /// Whether every pipeline that was there at the start has been tried.
  public boolean loaded() {
    return loaded;
  }

  /// Looks at the directory now and tries again what has failed, and waits for it.
  ///
  /// @return how all pipelines stand
  public List<PipelineStatus> reload() throws InterruptedException {
    roster.look();
    roster.retry();
    roster.awaitIdle(RELOAD);
    return statuses();
  }

  /// How all pipelines stand, by file.
  public List<PipelineStatus> statuses() {
    return roster.statuses();
  }

  /// What `head.json` of the directory calls its content; empty when it does not.
  public String revision() {
    return roster.revision();
  }

  /// Why the directory could not be used when it was last looked at; null when it could.
  public @Nullable String trouble() {
    return roster.trouble();
  }

  /// The components of one pipeline.
  ///
  /// @param id the file's name without its endings
  public Optional<List<ComponentInfo>> components(String id) {
    return roster
        .find(id)
        .map(pipeline -> {
          Module module = pipeline.module();
          return module == null ? List.of() : module.components();
        });
  }

  /// Stops all of them, each sources first, and returns when they have ended or have used up their
  /// time. A second call while the first goes on makes it end at once.
  public void stop() throws InterruptedException {
    if (stopping.compareAndSet(false, true)) {
      loader.interrupt();
      if (loader.getState() != Thread.State.NEW) {
        Joining.join(loader);
      }
    }
    List<Thread> stops = new ArrayList<>();
    for (Pipeline pipeline : roster.all()) {
      stops.add(Thread.ofVirtual().name("stop-" + pipeline.id()).start(() -> stop(pipeline)));
    }
    for (Thread stop : stops) {
      stop.join();
    }
  }

  private static void stop(Pipeline pipeline) {
    try {
      pipeline.stop();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      look();
      roster.awaitIdle(FIRST_LOAD);
      loaded = true;
      log.atInfo()
          .addKeyValue("running", roster.count(State.RUNNING))
          .addKeyValue("failed", roster.count(State.FAILED))
          .addKeyValue("path", host.settings().directory())
          .log("pipelines loaded");
      follow();
    } catch (InterruptedException e) {
      // Stopped.
    }
  }

  private void follow() throws InterruptedException {
    Duration most = least(host.settings().poll(), SAMPLE);
    long sampled = System.nanoTime();
    long swept = sampled - SWEEP.toNanos();
    while (true) {
      try (FileChanges changes = FileChanges.in(watched())) {
        for (boolean same = true; same; same = roster.sameDirectories()) {
          changes.await(most);
          long now = System.nanoTime();
          look();
          roster.retryIfDue(now);
          if (now - sampled >= SAMPLE.toNanos()) {
            sampled = now;
            roster.sample(now, totals);
          }
          if (now - swept >= SWEEP.toNanos() && roster.knowsAllUids()) {
            swept = now;
            oldState.sweep(host.uids().taken(), now());
          }
        }
      }
    }
  }

  private Instant now() {
    return host.environment().clock().instant();
  }

  private Collection<Path> watched() {
    return List.of(host.settings().directory(), host.settings().secrets());
  }

  private void look() {
    roster.look();
    String trouble = roster.trouble();
    if (trouble != null) {
      troubled = true;
      troubles
          .at(Level.ERROR)
          .addKeyValue("path", host.settings().directory())
          .addKeyValue("err", trouble)
          .log("the pipelines' directory cannot be used, what runs goes on");
    } else if (troubled) {
      troubled = false;
      log.atInfo().log("the pipelines' directory can be used again");
    }
  }

  private static Duration least(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
