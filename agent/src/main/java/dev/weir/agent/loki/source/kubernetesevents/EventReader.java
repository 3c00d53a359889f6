package dev.weir.agent.loki.source.kubernetesevents;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.weir.agent.kubernetes.Problems;
import dev.weir.agent.loki.Batch;
import dev.weir.agent.loki.Entry;
import dev.weir.agent.loki.Labels;
import dev.weir.agent.loki.Lane;
import dev.weir.agent.loki.RawText;
import dev.weir.agent.loki.Receiver;
import dev.weir.agent.loki.positions.StreamPosition;
import dev.weir.agent.loki.stream.Confirmations;
import dev.weir.agent.loki.stream.Recent;
import dev.weir.agent.loki.stream.Seen;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.io.IOException;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Reads the events of one namespace, or of all: a list in the order of their times, then what
/// happens. After a break it lists anew and leaves out what it has read.
///
/// [#run] runs on a thread of its own; the rest may be called by any.
final class EventReader {
  private static final int QUEUED_EVENTS = 1024;
  private static final long FIRST_PAUSE = TimeUnit.MILLISECONDS.toNanos(250);
  private static final long LONGEST_PAUSE = TimeUnit.SECONDS.toNanos(30);
  private static final long FAILURE_POLL = TimeUnit.SECONDS.toNanos(1);

  private final KubernetesClient client;
  private final What what;
  private final Receiver receiver;
  private final Lane lane;
  private final Batch batch;
  private final Confirmations confirmations;
  private final Recent recent = new Recent();
  private Seen seen = new Seen(null);
  private long from;

  /// What the last list held: a watch may begin with some of it again.
  private Set<Long> listed = Set.of();

  private volatile @Nullable String problem = "no answer of the API server yet";

  /// What is read and how it is shown.
  ///
  /// @param namespace empty for all
  /// @param instance the label of that name
  record What(String namespace, String job, String instance, EventFormat format) {}

  /// What the thread of the watch passes on: an event, or why there will be no more.
  private sealed interface Signal {
    record Happened(Event event) implements Signal {}

    record Ended(@Nullable Exception problem) implements Signal {}
  }

  EventReader(
      KubernetesClient client,
      What what,
      Receiver receiver,
      @Nullable StreamPosition start,
      Consumer<StreamPosition> advanced) {
    this.client = client;
    this.what = what;
    this.receiver = receiver;
    this.lane = new Lane("events " + what.namespace());
    this.batch = new Batch(lane);
    this.confirmations = new Confirmations(start, advanced, () -> {});
  }

  /// Reads until interrupted.
  void run() throws InterruptedException {
    var never = new Semaphore(0);
    long pause = FIRST_PAUSE;
    while (true) {
      try {
        follow();
        pause = FIRST_PAUSE;
      } catch (IOException | RuntimeException e) {
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
        problem = Problems.text(e);
      }
      never.tryAcquire(pause, TimeUnit.NANOSECONDS);
      pause = Math.min(2 * pause, LONGEST_PAUSE);
    }
  }

  private void follow() throws IOException, InterruptedException {
    StreamPosition place = confirmations.resume();
    seen = new Seen(place);
    recent.reset(place);
    from = place == null ? 0 : place.timestamp();
    EventList list = list();
    problem = null;
    Set<Long> hashes = new HashSet<>();
    listed = Set.of();
    list.getItems().stream()
        .sorted(Comparator.comparingLong(EventText::time))
        .forEach(event -> hashes.add(add(event)));
    listed = hashes;
    deliver();
    BlockingQueue<Signal> queue = new ArrayBlockingQueue<>(QUEUED_EVENTS);
    try (Watch _ = watch(list.getMetadata().getResourceVersion(), queue)) {
      while (!confirmations.hasFailed() && take(queue)) {
        deliver();
      }
    }
  }

  private EventList list() {
    return what.namespace().isEmpty()
        ? client.v1().events().inAnyNamespace().list()
        : client.v1().events().inNamespace(what.namespace()).list();
  }

  private Watch watch(String version, BlockingQueue<Signal> queue) {
    Watcher<Event> watcher = new Queueing(queue);
    return what.namespace().isEmpty()
        ? client.v1().events().inAnyNamespace().withResourceVersion(version).watch(watcher)
        : client
            .v1()
            .events()
            .inNamespace(what.namespace())
            .withResourceVersion(version)
            .watch(watcher);
  }

  /// A full queue holds the watch up, and so the API server.
  private record Queueing(BlockingQueue<Signal> queue) implements Watcher<Event> {
    @Override
    public void eventReceived(Action action, Event event) {
      if (action == Action.ADDED || action == Action.MODIFIED) {
        put(new Signal.Happened(event));
      }
    }

    @Override
    public void onClose(WatcherException problem) {
      put(new Signal.Ended(problem));
    }

    @Override
    public void onClose() {
      put(new Signal.Ended(null));
    }

    private void put(Signal signal) {
      try {
        queue.put(signal);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /// Takes what is there, and waits for the first.
  ///
  /// @return whether there may be more
  private boolean take(BlockingQueue<Signal> queue) throws IOException, InterruptedException {
    Signal signal = queue.poll(FAILURE_POLL, TimeUnit.NANOSECONDS);
    while (signal != null) {
      switch (signal) {
        case Signal.Happened(var event) -> add(event);
        case Signal.Ended(var reason) -> {
          deliver();
          if (reason != null) {
            throw new IOException(Problems.text(reason), reason);
          }
          return false;
        }
      }
      signal = queue.poll();
    }
    return true;
  }

  /// Adds an event, unless it was read before.
  ///
  /// @return what it is recognised by
  @CanIgnoreReturnValue
  private long add(Event event) {
    long time = EventText.time(event);
    byte[] line = RawText.encode(EventText.of(event, what.format()));
    long hash = Recent.hash(time, false, line, 0, line.length);
    if (time < from || (!seen.isDone() && seen.contains(hash)) || listed.contains(hash)) {
      return hash;
    }
    recent.add(time, hash);
    Entry entry = batch.add();
    entry.line(line, 0, line.length);
    entry.timestamp(time);
    entry.labels(labels(event));
    return hash;
  }

  private Labels labels(Event event) {
    String namespace =
        event.getInvolvedObject() == null ? null : event.getInvolvedObject().getNamespace();
    return namespace == null || namespace.isEmpty()
        ? Labels.of(Map.of("job", what.job(), "instance", what.instance()))
        : Labels.of(Map.of("namespace", namespace, "job", what.job(), "instance", what.instance()));
  }

  private void deliver() throws InterruptedException {
    if (batch.isEmpty()) {
      return;
    }
    confirmations.deliver(batch, recent.position(), receiver);
  }

  /// Why nothing can be read at the moment, or null.
  @Nullable String problem() {
    return problem;
  }

  /// Whether all that was read is confirmed.
  boolean isSettled() {
    return confirmations.isSettled();
  }

  /// Lets go of what receivers hold for this reader. It is not run again.
  void close() {
    lane.close();
  }
}
