package dev.weir.agent.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.weir.agent.sandbox.LokiClient.Push;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FaultsTest {
  private static final Instant NOW = Instant.parse("2026-08-22T10:00:00Z");
  private static final long T = QueryTimes.nanos(NOW);

  private Sandbox sandbox;
  private LokiClient loki;

  @BeforeEach
  void start() throws IOException {
    sandbox = Sandbox.start(SandboxOptions.loopback().withClock(() -> NOW));
    loki = new LokiClient(sandbox);
  }

  @AfterEach
  void stop() throws IOException {
    loki.close();
    sandbox.close();
  }

  private static Push push() {
    return Push.stream("{a=\"b\"}").entry(T, "x");
  }

  @Test
  void answersAStatusOnceAndStoresNothing() throws Exception {
    sandbox.faults().next(new Fault.Status(429, "slow down", Map.of("Retry-After", "1")));

    HttpResponse<String> first = loki.push(push());

    assertThat(first.statusCode()).isEqualTo(429);
    assertThat(first.headers().firstValue("Retry-After")).contains("1");
    assertThat(first.body()).isEqualTo("slow down");
    assertThat(sandbox.count("{}")).isZero();
    assertThat(loki.push(push()).statusCode()).isEqualTo(204);
    assertThat(sandbox.faults().applied()).isEqualTo(1);
  }

  @Test
  void storesButLosesTheAnswer() throws Exception {
    sandbox.faults().next(new Fault.LostAnswer());

    assertThatThrownBy(() -> loki.push(push())).isInstanceOf(IOException.class);

    assertThat(sandbox.lines("{}")).containsExactly("x");
    loki.push(push());
    assertThat(sandbox.entries("{}").getFirst().pushes()).isEqualTo(2);
  }

  @Test
  void resetsBeforeAndWithinTheBody() {
    sandbox.faults().next(new Fault.Reset(), new Fault.HalfRead(3));

    assertThatThrownBy(() -> loki.push(push())).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> loki.push(push())).isInstanceOf(IOException.class);

    assertThat(sandbox.count("{}")).isZero();
    assertThat(sandbox.pushes()).extracting(ReceivedPush::status).containsExactly(0, 0);
  }

  @Test
  void failsUntilTold() throws Exception {
    sandbox.faults().always(new Fault.Status(503));

    assertThat(loki.push(push()).statusCode()).isEqualTo(503);
    assertThat(loki.push(push()).statusCode()).isEqualTo(503);
    sandbox.faults().clear();

    assertThat(loki.push(push()).statusCode()).isEqualTo(204);
  }

  @Test
  void choosesByThePush() throws Exception {
    sandbox.faults().during(push -> push.index() == 1 ? new Fault.Status(500) : new Fault.None());

    assertThat(loki.push(push()).statusCode()).isEqualTo(204);
    assertThat(loki.push(push()).statusCode()).isEqualTo(500);
    assertThat(loki.push(push()).statusCode()).isEqualTo(204);
  }

  @Test
  void delaysAndThenHandles() throws Exception {
    sandbox.faults().next(new Fault.Delay(Duration.ofMillis(1)));

    assertThat(loki.push(push()).statusCode()).isEqualTo(204);
    assertThat(sandbox.count("{}")).isEqualTo(1);
  }

  @Test
  void endsWhatWaitsWhenItCloses() throws Exception {
    sandbox.faults().always(new Fault.NoAnswer());
    var failed = new CompletableFuture<Throwable>();
    Thread sender =
        Thread.ofVirtual()
            .start(() -> {
              try {
                loki.push(push());
              } catch (IOException | InterruptedException e) {
                failed.complete(e);
              }
            });
    await().until(() -> !sandbox.pushes().isEmpty());

    sandbox.close();

    sender.join();
    assertThat(failed.get()).isInstanceOf(IOException.class);
  }

  @Test
  void leavesQueriesAlone() throws Exception {
    sandbox.faults().always(new Fault.Status(500));

    assertThat(loki.get("/ready").statusCode()).isEqualTo(200);
  }
}
