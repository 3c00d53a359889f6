package dev.weir.agent.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.weir.agent.loki.Batch;
import dev.weir.agent.loki.Lane;
import dev.weir.agent.loki.Receiver;
import dev.weir.agent.tap.Tap;
import dev.weir.agent.tap.Taps;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A tap whose client has stopped reading.
class TapStreamTest {
  private final Taps taps = new Taps();

  record Pipe(List<Receiver> forwardTo) {}

  @Test
  @Timeout(60)
  void cutsAClientThatDoesNotRead() throws Exception {
    Pipe pipe = taps.of("").watched("test.pipe.a", new Pipe(List.of(_ -> {})));
    Tap tap = taps.open("test.pipe.a", null);
    var ended = new CompletableFuture<Throwable>();
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1);
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      server.setExecutor(executor);
      server.createContext(
          "/",
          exchange -> {
            try (exchange;
                var stream = new TapStream(exchange, tap, Long.MAX_VALUE, Duration.ofMillis(200))) {
              stream.run();
            } catch (Throwable failure) {
              ended.complete(failure);
            }
          });
      server.start();
      try (var client =
          new Socket(server.getAddress().getAddress(), server.getAddress().getPort())) {
        client.getOutputStream().write("GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(US_ASCII));
        while (!ended.isDone()) {
          pipe.forwardTo().getFirst().accept(batch());
        }
      }
      server.stop(0);
    }

    assertThat(ended.get()).isInstanceOf(IOException.class);
    assertThat(tap.takeDropped()).isPositive();
  }

  private static Batch batch() {
    var batch = new Batch(new Lane("test"));
    batch.add().line("x".repeat(4000));
    return batch;
  }
}
