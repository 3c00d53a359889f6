package dev.weir.agent.loki.source.gelf;

import dev.weir.agent.component.Component;
import dev.weir.agent.component.ComponentContext;
import dev.weir.agent.component.ComponentException;
import dev.weir.agent.component.ComponentType;
import dev.weir.agent.component.Health;
import dev.weir.agent.component.Stability;
import dev.weir.agent.loki.Receiver;
import dev.weir.agent.loki.intake.DatagramReader;
import dev.weir.agent.loki.intake.KernelDrops;
import dev.weir.agent.loki.intake.SocketAddresses;
import dev.weir.agent.relabel.Rules;
import dev.weir.agent.river.eval.Default;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Takes GELF messages over UDP: whole or in chunks, plain or compressed.
public final class LokiSourceGelf implements Component<LokiSourceGelf.Arguments> {
  public static final ComponentType<Arguments> TYPE =
      new ComponentType<>(
          "loki.source.gelf",
          Stability.GENERALLY_AVAILABLE,
          Arguments.class,
          ComponentType.NoExports.class,
          LokiSourceGelf::new);

  private static final Duration BIND_AGAIN = Duration.ofSeconds(2);

  /// What the block holds.
  ///
  /// @param listenAddress where datagrams are received
  /// @param useIncomingTimestamp whether entries keep the message's time; else it is that of their
  ///   receipt
  /// @param relabelRules applied to the labels of each message
  /// @param forwardTo who gets every entry
  public record Arguments(
      @Default("\"0.0.0.0:12201\"") String listenAddress,
      @Default("false") boolean useIncomingTimestamp,
      @Nullable Rules relabelRules,
      List<Receiver> forwardTo) {
    public Arguments {
      forwardTo = List.copyOf(forwardTo);
      listenAddress = listenAddress.isEmpty() ? ":12201" : listenAddress;
      SocketAddresses.parse(listenAddress);
    }
  }

  record DebugInfo(String listenAddress) {}

  private final ComponentContext context;
  private final GelfMetrics metrics;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private volatile Arguments arguments;
  private volatile @Nullable DatagramReader datagrams;
  private volatile @Nullable String problem;
  private @Nullable GelfReader reader;
  private boolean running;

  LokiSourceGelf(Arguments arguments, ComponentContext context) {
    this.context = context;
    this.arguments = arguments;
    metrics = new GelfMetrics(context.metrics());
    context
        .metrics()
        .gauge(
            "loki_source_gelf_udp_dropped_datagrams",
            "Number of datagrams the kernel dropped because they were not read in time.",
            this,
            LokiSourceGelf::dropped);
  }

  private double dropped() {
    DatagramReader current = datagrams;
    try {
      return current == null ? 0 : KernelDrops.ofPort(current.address().getPort());
    } catch (IOException e) {
      return 0;
    }
  }

  @Override
  public void run() throws InterruptedException {
    lock.lock();
    try {
      running = true;
      while (true) {
        tryToListen();
        if (datagrams == null) {
          changed.awaitNanos(BIND_AGAIN.toNanos());
        } else {
          changed.await();
        }
      }
    } finally {
      running = false;
      stopListening();
      lock.unlock();
    }
  }

  private void tryToListen() {
    if (datagrams != null) {
      return;
    }
    try {
      var made = new GelfReader(context, metrics, arguments);
      datagrams = new DatagramReader(context.id(), arguments.listenAddress(), made, context.log());
      reader = made;
      problem = null;
      context
          .log()
          .atInfo()
          .addKeyValue("listen_address", shownAddress())
          .log("listening for GELF UDP messages");
    } catch (IOException e) {
      if (problem == null) {
        context.log().atError().addKeyValue("err", e.getMessage()).log("cannot listen");
      }
      problem = "cannot listen on " + arguments.listenAddress() + ": " + e.getMessage();
    }
  }

  private void stopListening() throws InterruptedException {
    DatagramReader old = datagrams;
    if (old != null) {
      datagrams = null;
      old.stop(context.agent().drainTimeout());
    }
  }

  @Override
  public void update(Arguments next) throws ComponentException {
    lock.lock();
    try {
      boolean moves = !next.listenAddress().equals(arguments.listenAddress());
      arguments = next;
      GelfReader current = reader;
      if (current != null) {
        current.use(next);
      }
      if (running && moves) {
        stopListening();
        tryToListen();
        changed.signal();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ComponentException("interrupted while the old socket was closing", e);
    } finally {
      lock.unlock();
    }
  }

  private String shownAddress() {
    DatagramReader current = datagrams;
    try {
      return current == null ? "" : SocketAddresses.shown(current.address());
    } catch (IOException e) {
      return "";
    }
  }

  @Override
  public Optional<Health> health() {
    String known = problem;
    return known == null
        ? Optional.empty()
        : Optional.of(new Health(Health.State.UNHEALTHY, known, context.clock().instant()));
  }

  @Override
  public Optional<Record> debugInfo() {
    return Optional.of(new DebugInfo(shownAddress()));
  }
}
