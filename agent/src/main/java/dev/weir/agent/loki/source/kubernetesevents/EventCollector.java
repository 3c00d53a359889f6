package dev.weir.agent.loki.source.kubernetesevents;

import dev.weir.agent.component.ComponentContext;
import dev.weir.agent.component.Health;
import dev.weir.agent.component.OwnedThread;
import dev.weir.agent.kubernetes.Cluster;
import dev.weir.agent.kubernetes.ServiceAccount;
import dev.weir.agent.loki.Fanout;
import dev.weir.agent.loki.positions.ForeignPositions;
import dev.weir.agent.loki.positions.Position;
import dev.weir.agent.loki.positions.Positions;
import dev.weir.agent.loki.positions.StreamPosition;
import dev.weir.agent.loki.source.kubernetesevents.LokiSourceKubernetesEvents.Arguments;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Reads events for as long as the arguments stay the same, one reader per namespace.
///
/// [#run] runs on a thread of its own; the rest may be called by any.
final class EventCollector {
  private static final long TICK = TimeUnit.SECONDS.toNanos(1);
  private static final long RETRY = TimeUnit.SECONDS.toNanos(5);
  private static final long SETTLE_POLL = TimeUnit.MILLISECONDS.toNanos(20);

  /// Keys of Alloy's positions: this for all namespaces, this and `-<namespace>` for one.
  private static final String ALLOYS = ForeignPositions.CURSOR + "events";

  private final Arguments arguments;
  private final ComponentContext context;
  private volatile String problem = "not connected yet";
  private volatile List<EventReader> readers = List.of();

  EventCollector(Arguments arguments, ComponentContext context) {
    this.arguments = arguments;
    this.context = context;
  }

  /// Reads until interrupted; then waits for confirmations, as long as allowed.
  void run() throws InterruptedException {
    String userAgent = "Weir/" + context.agent().version();
    while (true) {
      try (Positions positions = positions();
          KubernetesClient client =
              Cluster.connect(arguments.client(), ServiceAccount.own(), userAgent)) {
        positions.damage().forEach(text -> context.log().atError().log(text));
        problem = String.join("; ", positions.damage());
        collect(client, positions);
      } catch (IOException | RuntimeException e) {
        problem = e instanceof IOException ? String.valueOf(e.getMessage()) : e.toString();
        context.log().atError().addKeyValue("err", problem).log("events cannot be read");
      }
      pause(RETRY);
    }
  }

  private Positions positions() throws IOException {
    Path file = context.dataPath().resolve("positions.yml");
    int taken = ForeignPositions.takeOver(file, EventCollector::taken);
    if (taken >= 0) {
      context.log().atInfo().addKeyValue("positions", taken).log("Alloy's positions taken over");
    }
    return Positions.open(file);
  }

  /// Events of the last moment that Alloy has seen are sent once more, as it may not have seen all
  /// of them; Loki knows equal ones.
  private static Map<String, Position> taken(List<ForeignPositions.Place> places) {
    var taken = new TreeMap<String, Position>();
    for (ForeignPositions.Place place : places) {
      if (place.time() >= 0 && place.path().startsWith(ALLOYS)) {
        String namespace = place.path().substring(ALLOYS.length()).replaceFirst("^-", "");
        taken.put(key(namespace), new StreamPosition(place.time(), List.of()));
      }
    }
    return taken;
  }

  private static String key(String namespace) {
    return ForeignPositions.CURSOR + (namespace.isEmpty() ? "*" : namespace);
  }

  private static void pause(long nanos) throws InterruptedException {
    new Semaphore(0).tryAcquire(nanos, TimeUnit.NANOSECONDS);
  }

  private void collect(KubernetesClient client, Positions positions)
      throws InterruptedException, IOException {
    List<String> namespaces =
        arguments.namespaces().isEmpty() ? List.of("") : arguments.namespaces();
    List<EventReader> all = new ArrayList<>();
    for (String namespace : namespaces.stream().distinct().toList()) {
      all.add(reader(client, positions, namespace));
    }
    readers = List.copyOf(all);
    List<OwnedThread> threads = new ArrayList<>();
    try {
      all.forEach(reader -> threads.add(new OwnedThread(context.id(), reader::run)));
      while (true) {
        pause(TICK);
        positions.save();
      }
    } finally {
      threads.forEach(OwnedThread::close);
      awaitSettled(all);
      all.forEach(EventReader::close);
    }
  }

  private EventReader reader(KubernetesClient client, Positions positions, String namespace) {
    String key = key(namespace);
    var what =
        new EventReader.What(namespace, arguments.jobName(), context.id(), arguments.logFormat());
    StreamPosition start =
        positions.get(key).orElse(null) instanceof StreamPosition known ? known : null;
    return new EventReader(
        client,
        what,
        Fanout.to(arguments.forwardTo()),
        start,
        position -> positions.put(key, position));
  }

  private void awaitSettled(List<EventReader> all) throws InterruptedException {
    boolean interrupted = Thread.interrupted();
    long deadline = System.nanoTime() + context.agent().drainTimeout().toNanos();
    while (!all.stream().allMatch(EventReader::isSettled) && System.nanoTime() < deadline) {
      pause(SETTLE_POLL);
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  Health health() {
    String text =
        readers.stream()
            .map(EventReader::problem)
            .filter(Objects::nonNull)
            .findFirst()
            .orElse(problem);
    boolean healthy = text.isEmpty();
    return new Health(
        healthy ? Health.State.HEALTHY : Health.State.UNHEALTHY,
        healthy ? "events are read" : text,
        context.clock().instant());
  }
}
