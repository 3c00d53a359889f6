package dev.weir.agent.loki.write;

import dev.weir.agent.component.ComponentContext;
import dev.weir.agent.loki.Batch;
import dev.weir.agent.loki.wal.Outlet;
import dev.weir.agent.loki.wal.Wal;
import dev.weir.agent.loki.wal.WalMetrics;
import dev.weir.agent.loki.wal.WalSettings;
import dev.weir.agent.loki.wal.WalStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The component's write-ahead log, while there is one: when it is switched on, and after it was
/// switched off until everything in it is delivered, so that nothing overtakes what it holds.
///
/// Not thread-safe but for [#append], [#status] and [#trouble]: the component's lock guards it.
final class WriteAheadLog {
  private static final String DIRECTORY = "wal";

  private final ComponentContext context;
  private final Path directory;
  private @Nullable WalMetrics metrics;
  private volatile @Nullable Wal wal;
  private List<EndpointOutlet> outlets = List.of();
  private Duration drainTimeout = Duration.ZERO;
  private boolean leaving;
  private boolean running;
  private boolean known;

  WriteAheadLog(ComponentContext context) {
    this.context = context;
    this.directory = context.dataPath().resolve(DIRECTORY);
  }

  /// Takes new arguments and endpoints.
  void update(@Nullable WalArguments arguments, List<Endpoint> endpoints) {
    boolean enabled = arguments != null && arguments.enabled();
    Wal current = wal;
    if (current == null && (enabled || isLeft())) {
      current = create(settings(arguments));
    }
    known = true;
    if (current == null) {
      return;
    }
    leaving = !enabled;
    drainTimeout = arguments == null ? Duration.ZERO : arguments.drainTimeout();
    outlets = outlets(endpoints);
    current.settings(settings(arguments));
    current.feed(List.<Outlet>copyOf(outlets));
    wal = current;
  }

  /// Whether an earlier process has left something; asked once.
  private boolean isLeft() {
    return !known && !context.policy().ofPipeline() && Wal.isLeft(directory);
  }

  private static WalSettings settings(@Nullable WalArguments arguments) {
    return arguments == null
        ? new WalSettings(Long.MAX_VALUE, Duration.ZERO)
        : arguments.settings();
  }

  private Wal create(WalSettings settings) {
    WalMetrics meters = metrics;
    if (meters == null) {
      meters = new WalMetrics(context.metrics(), context.clock());
      metrics = meters;
    }
    var created = new Wal(directory, settings, meters, context.clock(), context.log());
    if (running) {
      created.start();
    }
    return created;
  }

  /// One for every endpoint, the same as before where the endpoint is the same.
  @SuppressWarnings("ReferenceEquality") // the same endpoint, not one like it
  private List<EndpointOutlet> outlets(List<Endpoint> endpoints) {
    List<EndpointOutlet> next = new ArrayList<>();
    Map<String, Integer> twins = new HashMap<>();
    for (Endpoint endpoint : endpoints) {
      int before = twins.merge(EndpointOutlet.key(endpoint.arguments()), 1, Integer::sum) - 1;
      EndpointOutlet made = EndpointOutlet.of(endpoint, before);
      next.add(
          outlets.stream()
              .filter(o -> o.endpoint() == endpoint && o.key().equals(made.key()))
              .findFirst()
              .orElse(made));
    }
    return next;
  }

  void start() {
    running = true;
    Wal current = wal;
    if (current != null) {
      current.start();
    }
  }

  /// Takes a batch.
  ///
  /// @return false when there is no log: the batch goes to the endpoints directly
  boolean append(Batch batch) throws InterruptedException {
    Wal current = wal;
    return current != null && current.append(batch);
  }

  /// Whether it was switched off and still holds something.
  boolean isLeaving() {
    return leaving && wal != null;
  }

  /// Ends it when it was switched off and is empty.
  void leave() {
    Wal current = wal;
    if (leaving && current != null && current.endIfDelivered()) {
      wal = null;
      outlets = List.of();
      current.close();
    }
  }

  /// Hands on what is left, for a limited time.
  ///
  /// @param latest by `System.nanoTime`
  void drain(long latest) throws InterruptedException {
    Wal current = wal;
    if (current != null) {
      long own = System.nanoTime() + drainTimeout.toNanos();
      current.drain(own - latest < 0 ? own : latest);
    }
  }

  void close() {
    Wal current = wal;
    if (current != null) {
      current.close();
    }
  }

  /// What is wrong with it, null when nothing is.
  @Nullable String trouble() {
    Wal current = wal;
    return current == null ? null : current.trouble();
  }

  @Nullable WalStatus status() {
    Wal current = wal;
    return current == null ? null : current.status();
  }
}
