package dev.weir.agent.http;

import com.sun.net.httpserver.HttpExchange;
import dev.weir.agent.component.Joining;
import dev.weir.agent.tap.Tap;
import dev.weir.agent.tap.TappedLine;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// One client's view of a component: a JSON object per line, an empty line while nothing happens.
///
/// Run by one thread. A client that does not read for too long is cut.
final class TapStream implements AutoCloseable {
  private static final Duration HEARTBEAT = Duration.ofSeconds(5);

  private final HttpExchange exchange;
  private final Tap tap;
  private final long limit;
  private final long patienceNanos;
  private final CountDownLatch done = new CountDownLatch(1);
  private volatile boolean writing;
  private volatile long writingSince;

  /// @param limit lines to send at most
  TapStream(HttpExchange exchange, Tap tap, long limit) {
    this(exchange, tap, limit, Duration.ofSeconds(10));
  }

  /// @param patience how long the client may take to read what is sent
  TapStream(HttpExchange exchange, Tap tap, long limit, Duration patience) {
    this.exchange = exchange;
    this.tap = tap;
    this.limit = limit;
    this.patienceNanos = patience.toNanos();
  }

  /// Sends until the client has gone, has all it asked for, or the tap has ended.
  void run() throws IOException {
    Thread writer = Thread.currentThread();
    Thread watch = Thread.ofVirtual().name("tap-watch").start(() -> watch(writer));
    try {
      exchange.getResponseHeaders().set("Content-Type", "application/x-ndjson");
      exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
      exchange.sendResponseHeaders(200, 0);
      send(exchange.getResponseBody());
    } catch (InterruptedException e) {
      throw new IOException("the client does not read", e);
    } finally {
      done.countDown();
      Joining.join(watch);
    }
  }

  private void send(OutputStream out) throws IOException, InterruptedException {
    // The first bytes tell the client that it is connected, however long the first line takes.
    write(out, TapJson.HEARTBEAT);
    long left = limit;
    Optional<String> end = Optional.empty();
    while (left > 0 && end.isEmpty()) {
      List<TappedLine> lines = tap.take(HEARTBEAT);
      List<TappedLine> sent = lines.subList(0, (int) Math.min(lines.size(), left));
      left -= sent.size();
      end = left == 0 ? Optional.of("as many lines as asked for") : tap.ended();
      write(out, TapJson.of(sent, tap.takeDropped(), end));
    }
    // Before the tap is closed: a stopping agent waits for taps, then breaks all connections.
    out.close();
  }

  private void write(OutputStream out, byte[] bytes) throws IOException {
    writingSince = System.nanoTime();
    writing = true;
    out.write(bytes);
    out.flush();
    writing = false;
  }

  /// Interrupts the writer, which closes the connection, when a write takes too long.
  private void watch(Thread writer) {
    try {
      while (!done.await(patienceNanos / 4, TimeUnit.NANOSECONDS)) {
        if (writing && System.nanoTime() - writingSince > patienceNanos) {
          writer.interrupt();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Tells the client why nothing follows.
  void end(String reason) {
    tap.end(reason);
  }

  @Override
  public void close() {
    tap.close();
  }
}
