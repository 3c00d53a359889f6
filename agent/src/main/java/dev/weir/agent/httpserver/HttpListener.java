package dev.weir.agent.httpserver;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsServer;
import dev.weir.agent.httpserver.ServerArguments.Http;
import dev.weir.agent.httpserver.ServerArguments.Tls;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/// A bound socket whose requests a [Handler] answers, each on a virtual thread of its own.
///
/// Thread-safe.
final class HttpListener {
  private static final int BACKLOG = 256;
  private static final long WATCH_MILLIS = 500;
  private static final Duration ANSWER_WHEN_INTERRUPTED = Duration.ofSeconds(1);
  private static final Reply BROKEN = Reply.text(500, "internal error\n");
  private static final Reply STOPPING = Reply.text(503, "server is stopping\n");

  static {
    // The JDK would wait for ever for the head of a request. Seconds; read at the first server.
    if (System.getProperty("sun.net.httpserver.maxReqTime") == null) {
      System.setProperty("sun.net.httpserver.maxReqTime", "60");
    }
  }

  private final HttpServer server;
  private final @Nullable ServerTls tls;
  private final Handler handler;
  private final ServerMetrics metrics;
  private final MemoryBudget memory;
  private final Logger log;
  private final Set<Call> running = ConcurrentHashMap.newKeySet();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final ExecutorService threads;
  private volatile Http settings;
  private volatile boolean stopping;

  /// Listens and answers until stopped.
  ///
  /// @throws IOException when the address cannot be listened on, or certificates cannot be read
  HttpListener(
      Http settings, Handler handler, ServerMetrics metrics, MemoryBudget memory, Logger log)
      throws IOException {
    this.settings = settings;
    this.handler = handler;
    this.metrics = metrics;
    this.memory = memory;
    this.log = log;
    Tls wanted = settings.tls();
    tls = wanted == null ? null : ServerTls.of(wanted);
    server = bound(settings);
    threads = Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("push-", 0).factory());
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    threads.execute(this::watch);
    server.start();
  }

  private HttpServer bound(Http from) throws IOException {
    InetSocketAddress address =
        from.listenAddress().isEmpty()
            ? new InetSocketAddress(from.listenPort())
            : new InetSocketAddress(from.listenAddress(), from.listenPort());
    if (address.isUnresolved()) {
      throw new IOException("unknown host " + from.listenAddress());
    }
    if (tls == null) {
      return HttpServer.create(address, BACKLOG);
    }
    HttpsServer secure = HttpsServer.create(address, BACKLOG);
    secure.setHttpsConfigurator(tls);
    return secure;
  }

  /// Where it listens, with the real port.
  InetSocketAddress address() {
    return server.getAddress();
  }

  /// Takes other settings that listen at the same place.
  void update(Http next) throws IOException {
    Tls wanted = next.tls();
    if (tls != null && wanted != null) {
      tls.update(wanted);
    }
    settings = next;
  }

  private void handle(HttpExchange exchange) {
    String method = exchange.getRequestMethod();
    String route = handler.route(String.valueOf(exchange.getRequestURI().getPath()));
    if (route.isEmpty()) {
      route = "other";
    }
    long start = System.nanoTime();
    var inflight = metrics.began(method, route);
    Reply reply = BROKEN;
    long sent = 0;
    var call = new Call(exchange, memory.share());
    running.add(call);
    try (exchange;
        call) {
      call.readUntil(start + settings.serverReadTimeout().toNanos());
      reply = answer(call);
      sent = reply.send(exchange);
    } catch (IOException e) {
      // The sender went away; there is nobody to tell.
      log.atDebug().addKeyValue("err", e.getMessage()).log("http client went away");
    } finally {
      ended(call);
      inflight.decrementAndGet();
      long nanos = System.nanoTime() - start;
      metrics.ended(method, route, reply.status(), nanos, call.bodyBytes(), sent);
    }
  }

  private void ended(Call call) {
    running.remove(call);
    if (stopping) {
      synchronized (running) {
        running.notifyAll();
      }
    }
  }

  private Reply answer(Call call) throws IOException {
    int limit = settings.connLimit();
    if (stopping || (limit > 0 && running.size() > limit)) {
      return stopping ? STOPPING : new Refusal(429, "too many requests at once").reply();
    }
    try {
      return handler.answer(call);
    } catch (Refusal refusal) {
      return refusal.reply();
    } catch (InterruptedException e) {
      return STOPPING;
    } catch (RuntimeException e) {
      log.atError().addKeyValue("path", call.path()).setCause(e).log("http request failed");
      return BROKEN;
    }
  }

  /// Ends connections whose requests are not read in time.
  private void watch() {
    try {
      while (!closed.await(WATCH_MILLIS, TimeUnit.MILLISECONDS)) {
        long now = System.nanoTime();
        running.forEach(call -> call.abortOverdue(now));
      }
    } catch (InterruptedException e) {
      // Stopped.
    }
  }

  /// Refuses new requests, waits for those under way, then ends them.
  void stop(Duration grace) throws InterruptedException {
    stopping = true;
    try {
      awaitIdle(grace);
    } finally {
      threads.shutdownNow();
      // What was interrupted still has an answer to send.
      awaitIdle(ANSWER_WHEN_INTERRUPTED);
      closed.countDown();
      server.stop(0);
      threads.close();
    }
  }

  private void awaitIdle(Duration limit) throws InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    synchronized (running) {
      long left = limit.toMillis();
      while (!running.isEmpty() && left > 0) {
        running.wait(left);
        left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      }
    }
  }
}
