package dev.weir.agent.discovery.kubernetes;

import dev.weir.agent.component.ComponentContext;
import dev.weir.agent.component.Health;
import dev.weir.agent.discovery.kubernetes.DiscoveryKubernetes.Arguments;
import dev.weir.agent.discovery.kubernetes.DiscoveryKubernetes.Exports;
import dev.weir.agent.discovery.kubernetes.DiscoveryKubernetes.Namespaces;
import dev.weir.agent.kubernetes.Cluster;
import dev.weir.agent.kubernetes.Problems;
import dev.weir.agent.kubernetes.ServiceAccount;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.micrometer.core.instrument.Counter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Publishes targets for as long as the arguments stay the same. Those found last stay while the
/// API server is away.
///
/// [#run] runs on a thread of its own; the rest may be called by any.
final class Discovery {
  /// A rollout changes many objects one by one: the longer changes go on, the more of them are
  /// published together. A single one is published at once.
  private static final long SHORTEST_INTERVAL = TimeUnit.MILLISECONDS.toNanos(100);

  private static final long LONGEST_INTERVAL = TimeUnit.SECONDS.toNanos(5);

  private static final long FIRST_PAUSE = TimeUnit.MILLISECONDS.toNanos(500);
  private static final long LONGEST_PAUSE = TimeUnit.SECONDS.toNanos(30);

  private final Arguments arguments;
  private final ComponentContext context;
  private final ServiceAccount account = ServiceAccount.own();
  private final Semaphore dirty = new Semaphore(0);
  private final Map<String, Counter> events = new HashMap<>();
  private volatile Health health;
  private volatile @Nullable String problem;

  Discovery(Arguments arguments, ComponentContext context) {
    this.arguments = arguments;
    this.context = context;
    this.health = health(Health.State.UNKNOWN, "no answer of the API server yet");
    for (String event : List.of("add", "update", "delete")) {
      events.put(event, counter(event));
    }
  }

  private Counter counter(String event) {
    return context
        .metrics()
        .counter(
            "prometheus_sd_kubernetes_events_total",
            "The number of Kubernetes events handled.",
            "event",
            event,
            "role",
            arguments.role().text());
  }

  Health health() {
    return health;
  }

  private Health health(Health.State state, String message) {
    return new Health(state, message, context.clock().instant());
  }

  /// Works until interrupted.
  void run() throws InterruptedException {
    var never = new Semaphore(0);
    long pause = FIRST_PAUSE;
    while (true) {
      try {
        discover();
      } catch (IOException e) {
        failed(e);
      }
      never.tryAcquire(pause, TimeUnit.NANOSECONDS);
      pause = Math.min(2 * pause, LONGEST_PAUSE);
    }
  }

  private void discover() throws IOException, InterruptedException {
    List<String> namespaces = namespaces(arguments.namespaces());
    var changes = new Watches.Changes(this::happened, this::failed);
    String userAgent = "Weir/" + context.agent().version();
    try (KubernetesClient client = Cluster.connect(arguments.client(), account, userAgent);
        var watches = new Watches(client, arguments, namespaces, changes)) {
      var targets = Targets.of(arguments, watches);
      long interval = SHORTEST_INTERVAL;
      while (true) {
        dirty.acquire();
        dirty.drainPermits();
        if (watches.hasSynced()) {
          publish(targets.targets());
          pause(interval);
          boolean quiet = dirty.availablePermits() == 0;
          interval = quiet ? SHORTEST_INTERVAL : Math.min(2 * interval, LONGEST_INTERVAL);
        }
      }
    }
  }

  private static void pause(long nanos) throws InterruptedException {
    new Semaphore(0).tryAcquire(nanos, TimeUnit.NANOSECONDS);
  }

  private List<String> namespaces(@Nullable Namespaces wanted) throws IOException {
    if (wanted == null) {
      return List.of();
    }
    List<String> names = new ArrayList<>(wanted.names());
    if (wanted.ownNamespace()) {
      names.add(account.namespace());
    }
    return names.stream().distinct().toList();
  }

  private void publish(List<Map<String, String>> targets) {
    problem = null;
    context.publish(new Exports(targets));
    health = health(Health.State.HEALTHY, targets.size() + " targets");
  }

  private void happened(String event) {
    Counter counter = events.get(event);
    if (counter != null) {
      counter.increment();
    }
    dirty.release();
  }

  private void failed(Throwable failure) {
    String message = Problems.text(failure);
    health = health(Health.State.UNHEALTHY, message);
    if (!message.equals(problem)) {
      problem = message;
      context
          .log()
          .atWarn()
          .addKeyValue("err", message)
          .log("no answer of the Kubernetes API server; the last targets stay");
    }
  }
}
