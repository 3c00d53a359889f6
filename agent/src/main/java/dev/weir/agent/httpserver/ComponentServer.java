package dev.weir.agent.httpserver;

import dev.weir.agent.component.ComponentContext;
import dev.weir.agent.component.ComponentException;
import dev.weir.agent.component.Health;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The server of one component: listens while the component runs, and moves to another address only
/// when that changes.
///
/// Thread-safe.
public final class ComponentServer {
  private static final Duration BIND_AGAIN = Duration.ofSeconds(2);

  private final ComponentContext context;
  private final Handler handler;
  private final ServerMetrics metrics;
  private final MemoryBudget memory = MemoryBudget.ofHeap();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private volatile ServerArguments arguments;
  private volatile @Nullable HttpListener listener;
  private volatile @Nullable String trouble;
  private boolean running;

  /// @param prefix of the names of its metrics: `loki_source_api`
  public ComponentServer(
      ComponentContext context, String prefix, ServerArguments arguments, Handler handler) {
    this.context = context;
    this.arguments = arguments;
    this.handler = handler;
    this.metrics = new ServerMetrics(context.metrics(), prefix);
  }

  /// Listens until interrupted, then answers what is under way. Tries again while the address
  /// cannot be had.
  public void run() throws InterruptedException {
    lock.lock();
    try {
      running = true;
      while (true) {
        if (listener == null) {
          tryToListen();
        }
        if (listener == null) {
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
    try {
      listen(arguments);
    } catch (IOException e) {
      if (trouble == null) {
        context.log().atError().addKeyValue("err", e.toString()).log("cannot listen, trying again");
      }
      trouble = "cannot listen: " + e.getMessage();
    }
  }

  private void listen(ServerArguments wanted) throws IOException {
    var started = new HttpListener(wanted.http(), handler, metrics, memory, context.log());
    listener = started;
    trouble = null;
    context.log().atInfo().addKeyValue("address", started.address()).log("listening");
  }

  private void stopListening() throws InterruptedException {
    HttpListener old = listener;
    if (old == null) {
      return;
    }
    Duration grace = arguments.gracefulShutdownTimeout();
    Duration limit = context.agent().drainTimeout();
    listener = null;
    old.stop(grace.compareTo(limit) < 0 ? grace : limit);
  }

  /// Takes other arguments; requests under way are answered.
  ///
  /// @throws ComponentException when they cannot be used; the server goes on as before
  public void update(ServerArguments next) throws ComponentException {
    lock.lock();
    try {
      HttpListener current = listener;
      if (!running || current == null) {
        arguments = next;
        changed.signal();
      } else if (next.http().listensLike(arguments.http())) {
        current.update(next.http());
        arguments = next;
      } else {
        move(next);
      }
    } catch (IOException e) {
      throw new ComponentException("cannot listen: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ComponentException("interrupted while the old server was stopping", e);
    } finally {
      lock.unlock();
    }
  }

  /// To another address first the new server, then the end of the old; on the same port they cannot
  /// both be.
  private void move(ServerArguments next) throws IOException, InterruptedException {
    HttpListener old = listener;
    boolean samePort = next.http().listenPort() == arguments.http().listenPort();
    if (samePort && next.http().listenPort() != 0) {
      stopListening();
      try {
        listen(next);
      } catch (IOException e) {
        tryToListen();
        changed.signal();
        throw e;
      }
      arguments = next;
      return;
    }
    listen(next);
    arguments = next;
    if (old != null) {
      old.stop(next.gracefulShutdownTimeout());
    }
  }

  /// Where it listens, with the real port; null while it does not.
  public @Nullable InetSocketAddress address() {
    HttpListener current = listener;
    return current == null ? null : current.address();
  }

  /// The address as debug information shows it.
  public String shownAddress() {
    InetSocketAddress address = address();
    if (address == null) {
      return "";
    }
    String host = address.getAddress().getHostAddress();
    return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + address.getPort();
  }

  /// Whether it listens.
  public Optional<Health> health() {
    String problem = trouble;
    if (problem != null) {
      return Optional.of(new Health(Health.State.UNHEALTHY, problem, context.clock().instant()));
    }
    String address = shownAddress();
    return address.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Health(Health.State.HEALTHY, "listening on " + address, context.clock().instant()));
  }
}
