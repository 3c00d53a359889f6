package dev.weir.agent.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import dev.weir.agent.loki.Labels;
import dev.weir.agent.sandbox.LokiClient.Push;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xerial.snappy.Snappy;

class SandboxTest {
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

  @Test
  void storesWhatIsPushed() throws Exception {
    var push =
        Push.stream("{job=\"docker\", app=\"a\"}").entry(T, "one").entry(T + 1, "two", "k", "v");

    assertThat(loki.push(push).statusCode()).isEqualTo(204);

    assertThat(sandbox.lines("{job=\"docker\"}")).containsExactly("one", "two");
    StoredEntry second = sandbox.entries("{app=\"a\"}").get(1);
    assertThat(second.labels()).isEqualTo(Labels.of("job", "docker", "app", "a"));
    assertThat(second.timestamp()).isEqualTo(T + 1);
    assertThat(second.metadata().get("k")).isEqualTo("v");
    assertThat(second.pushes()).isEqualTo(1);
  }

  @Test
  void storesTheSameLineOnceAndCountsItsPushes() throws Exception {
    var push = Push.stream("{a=\"b\"}").entry(T, "x").entry(T, "y").entry(T, "x");

    loki.push(push);
    loki.push(Push.stream("{a=\"b\"}").entry(T, "x"));

    assertThat(sandbox.entries("{a=\"b\"}"))
        .extracting(StoredEntry::line, StoredEntry::pushes)
        .containsExactly(tuple("x", 3), tuple("y", 1));
    assertThat(sandbox.totals().duplicates()).isEqualTo(2);
  }

  @Test
  void keepsTenantsApart() throws Exception {
    loki.push(Push.stream("{a=\"b\"}").entry(T, "of x"), "x");
    loki.push(Push.stream("{a=\"b\"}").entry(T, "of y"), "y");

    assertThat(sandbox.tenants()).containsExactly("x", "y");
    assertThat(sandbox.entries("x", "{a=\"b\"}"))
        .extracting(StoredEntry::line)
        .containsExactly("of x");
    assertThat(sandbox.entries("{a=\"b\"}")).isEmpty();
  }

  @Test
  void ordersEntriesByTimeAndThenByArrival() throws Exception {
    loki.push(
        Push.stream("{a=\"b\"}")
            .entry(T + 2, "3")
            .entry(T, "1")
            .entry(T + 1, "z")
            .entry(T + 1, "a"));

    assertThat(sandbox.lines("{a=\"b\"}")).containsExactly("1", "z", "a", "3");
  }

  @Test
  void readsJsonInEveryEncoding() throws Exception {
    byte[] json = json("line").getBytes(StandardCharsets.UTF_8);
    var gzip = new ByteArrayOutputStream();
    try (var out = new GZIPOutputStream(gzip)) {
      out.write(json("gzip").getBytes(StandardCharsets.UTF_8));
    }
    var deflate = new ByteArrayOutputStream();
    try (var out = new DeflaterOutputStream(deflate, new Deflater(6, true))) {
      out.write(json("deflate").getBytes(StandardCharsets.UTF_8));
    }
    byte[] snappy = Snappy.compress(json("snappy").getBytes(StandardCharsets.UTF_8));

    loki.post(json, "Content-Type", "application/json; charset=utf-8");
    loki.post(gzip.toByteArray(), "Content-Type", "application/json", "Content-Encoding", "gzip");
    loki.post(
        deflate.toByteArray(), "Content-Type", "application/json", "Content-Encoding", "deflate");
    loki.post(snappy, "Content-Type", "application/json", "Content-Encoding", "snappy");

    assertThat(sandbox.lines("{a=\"b\"}")).containsExactly("line", "gzip", "deflate", "snappy");
  }

  private static String json(String line) {
    return "{\"streams\":[{\"stream\":{\"a\":\"b\"},\"values\":[[\"%d\",\"%s\",{\"m\":\"n\"}]]}]}"
        .formatted(T, line);
  }

  @Test
  void readsTheJsonOfTheFirstLokis() throws Exception {
    loki.pushJson(
        "{\"streams\":[{\"labels\":\"{a=\\\"b\\\"}\",\"entries\":[{\"ts\":\"2026-08-22T09:59:59Z\",\"line\":\"old\"}]}]}");

    assertThat(sandbox.entries("{a=\"b\"}").getFirst().timestamp()).isEqualTo(T - 1_000_000_000);
  }

  @Test
  void remembersPushesWithTheHashOfTheirBytes() throws Exception {
    var push = Push.stream("{a=\"b\"}").entry(T, "x");

    loki.post(push.body(), "Content-Type", "application/x-protobuf", "X-Extra", "1");
    loki.post(
        Push.stream("{a=\"b\"}").entry(T, "x").body(), "Content-Type", "application/x-protobuf");

    assertThat(sandbox.pushes()).extracting(ReceivedPush::status).containsExactly(204, 204);
    assertThat(sandbox.pushes().getFirst().header("x-extra")).contains("1");
    assertThat(sandbox.pushes().get(0).bodyHash()).isEqualTo(sandbox.pushes().get(1).bodyHash());
    assertThat(sandbox.pushes().get(1).entries()).isEqualTo(1);
  }

  @Test
  void dropsTheOldestBeyondItsMemory() throws Exception {
    try (var small =
            Sandbox.start(SandboxOptions.loopback().withMaxBytes(100_000).withClock(() -> NOW));
        var client = new LokiClient(small)) {
      for (int i = 0; i < 20; i++) {
        var push = Push.stream("{a=\"b\"}");
        for (int j = 0; j < 50; j++) {
          push.entry(T + i * 50L + j, "line " + (i * 50 + j));
        }
        client.push(push);
      }

      Totals totals = small.totals();
      assertThat(totals.heldBytes()).isLessThanOrEqualTo(100_000);
      assertThat(totals.evicted()).isPositive();
      assertThat(totals.heldEntries() + totals.evicted()).isEqualTo(1000);
      assertThat(small.lines("{a=\"b\"}"))
          .hasSize((int) totals.heldEntries())
          .last()
          .isEqualTo("line 999");
      assertThat(client.get("/metrics").body())
          .contains("weir_sandbox_entries_evicted_total " + totals.evicted());
    }
  }

  @Test
  void refusesAQueryThatIsNone() {
    assertThatThrownBy(() -> sandbox.lines("{t="))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "parse error at line 1, col 4: syntax error: unexpected $end, expecting STRING");
  }

  @Test
  void selectsEverythingWithEmptyBraces() throws Exception {
    loki.push(Push.stream("{a=\"b\"}").entry(T, "x").and("{c=\"d\"}").entry(T, "y"));

    assertThat(sandbox.count("{}")).isEqualTo(2);
  }

  @Test
  void tellsAnAddressThatCanBeConnectedTo() throws Exception {
    var anywhere = new InetSocketAddress(InetAddress.ofLiteral("0.0.0.0"), 0);
    try (var open = Sandbox.start(SandboxOptions.at(anywhere, 1 << 20));
        var client = new LokiClient(open)) {
      assertThat(open.url()).hasHost("127.0.0.1");
      assertThat(client.get("/ready").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void takesNoPushThatWouldFillASmallMemory() throws Exception {
    var options = SandboxOptions.at(SandboxOptions.loopback().listenAddress(), 1 << 20);
    try (var small = Sandbox.start(options);
        var client = new LokiClient(small)) {
      byte[] bomb = Snappy.compress(new byte[8 << 20]);

      var answer = client.post(bomb, "Content-Type", "application/x-protobuf");

      assertThat(answer.statusCode()).isEqualTo(413);
      assertThat(answer.body()).startsWith("request body too large: 8388608 bytes");
    }
  }
}
