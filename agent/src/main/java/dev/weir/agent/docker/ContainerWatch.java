package dev.weir.agent.docker;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/// Keeps an eye on the containers of an Engine: a list at first and at every interval, events in
/// between, and both again whenever the Engine was away.
///
/// After a break it asks for the events of the meantime, of which an Engine remembers some hundred.
public final class ContainerWatch {
  private static final int QUEUED_EVENTS = 1024;

  /// A new container is listed at once, hundreds that start together are listed together.
  private static final long SHORTEST_INTERVAL = TimeUnit.MILLISECONDS.toNanos(500);

  private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  private final Engine engine;
  private final InstantSource clock;
  private final Scope scope;
  private final Listener listener;
  private long lastEvent;
  private Duration pause = Duration.ZERO;

  /// What is watched.
  ///
  /// @param all whether the list holds also containers that do not run
  /// @param filters of the list
  /// @param interval between lists
  /// @param actions of the events that are told; health checks alone cause a dozen others a minute
  /// @param listedAnew whether the list is made anew soon after each of them
  public record Scope(
      boolean all,
      Map<String, List<String>> filters,
      Duration interval,
      Set<String> actions,
      boolean listedAnew) {
    public Scope {
      filters = Map.copyOf(filters);
      actions = Set.copyOf(actions);
    }
  }

  /// Learns what the watch finds out, on the thread that runs it.
  public interface Listener {
    /// The Engine answers, for the first time or again. A list follows.
    void connected(EngineVersion version) throws InterruptedException;

    /// All containers there are.
    void listed(List<Container> containers) throws EngineException, InterruptedException;

    /// Something happened to a container.
    void happened(ContainerEvent event) throws EngineException, InterruptedException;

    /// The Engine cannot be reached or misbehaves; it is tried again after `pause`.
    void lost(EngineException problem, Duration pause) throws InterruptedException;
  }

  /// What the thread that reads events passes on: an event, or why there will be no more.
  private sealed interface Signal {
    record Event(ContainerEvent event) implements Signal {}

    record Broken(EngineException problem) implements Signal {}
  }

  /// @param clock of this machine
  public ContainerWatch(Engine engine, InstantSource clock, Scope scope, Listener listener) {
    this.engine = engine;
    this.clock = clock;
    this.scope = scope;
    this.listener = listener;
  }

  /// Watches until interrupted.
  public void run() throws InterruptedException {
    var never = new Semaphore(0);
    while (true) {
      try {
        follow();
      } catch (EngineException e) {
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
        Duration wait = nextPause();
        listener.lost(e, wait);
        never.tryAcquire(wait.toNanos(), TimeUnit.NANOSECONDS);
      }
    }
  }

  /// Doubles from a quarter of a second to half a minute, give or take a quarter, so that agents
  /// that lost one Engine do not come back together.
  private Duration nextPause() {
    pause =
        pause.isZero()
            ? FIRST_PAUSE
            : Duration.ofNanos(Math.min(2 * pause.toNanos(), LONGEST_PAUSE.toNanos()));
    double factor = ThreadLocalRandom.current().nextDouble(0.75, 1.25);
    return Duration.ofNanos((long) (pause.toNanos() * factor));
  }

  private void follow() throws EngineException, InterruptedException {
    // Events first: what happens after the list was made is then among them. They are asked for
    // from a moment on that has passed, as the Engine answers before it begins to listen.
    Instant asked = clock.instant();
    EngineVersion version = engine.version().askedAt(asked);
    if (lastEvent == 0) {
      lastEvent = version.nanos();
    }
    EventStream events = engine.events(lastEvent == 0 ? 0 : lastEvent + 1, scope.actions());
    var queue = new ArrayBlockingQueue<Signal>(QUEUED_EVENTS);
    Thread reader = Thread.ofVirtual().name("docker-events").start(() -> read(events, queue));
    try (events) {
      listener.connected(version);
      listener.listed(engine.containers(scope.all(), scope.filters()));
      pause = Duration.ZERO;
      serve(queue);
    } finally {
      reader.interrupt();
      reader.join();
    }
  }

  private void serve(BlockingQueue<Signal> queue) throws EngineException, InterruptedException {
    long listed = System.nanoTime();
    long wait = scope.interval().toNanos();
    while (true) {
      Signal signal = queue.poll(listed + wait - System.nanoTime(), TimeUnit.NANOSECONDS);
      switch (signal) {
        case null -> {
          listener.listed(engine.containers(scope.all(), scope.filters()));
          listed = System.nanoTime();
          wait = scope.interval().toNanos();
        }
        case Signal.Event(var event) -> {
          listener.happened(event);
          lastEvent = Math.max(lastEvent, event.nanos());
          if (scope.listedAnew()) {
            wait = Math.min(wait, SHORTEST_INTERVAL);
          }
        }
        case Signal.Broken(var problem) -> throw problem;
      }
    }
  }

  private static void read(EventStream events, BlockingQueue<Signal> queue) {
    try {
      try {
        while (true) {
          queue.put(new Signal.Event(events.next()));
        }
      } catch (EngineException e) {
        queue.put(new Signal.Broken(e));
      }
    } catch (InterruptedException e) {
      // Its owner wants it to end.
    }
  }
}
