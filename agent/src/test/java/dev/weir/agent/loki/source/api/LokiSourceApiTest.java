package dev.weir.agent.loki.source.api;

import static dev.weir.agent.loki.source.api.Pushes.entry;
import static dev.weir.agent.loki.source.api.Pushes.message;
import static dev.weir.agent.loki.source.api.Pushes.push;
import static dev.weir.agent.loki.source.api.Pushes.stream;
import static dev.weir.agent.loki.source.api.Pushes.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.weir.agent.loki.Metadata;
import dev.weir.agent.loki.Receiver;
import dev.weir.agent.loki.source.api.LokiSourceApi.Arguments;
import dev.weir.agent.relabel.Action;
import dev.weir.agent.relabel.Rule;
import dev.weir.agent.relabel.Rules;
import dev.weir.agent.river.DiagnosticsException;
import dev.weir.agent.testkit.CollectingReceiver;
import dev.weir.agent.testkit.RiverArguments;
import dev.weir.agent.testkit.SeenEntry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LokiSourceApiTest {
  private static final String PUSH = "/loki/api/v1/push";
  private static final String[] JSON = {"Content-Type", "application/json"};
  private static final String KEEP_TIME = "use_incoming_timestamp = true";

  @TempDir Path storage;
  private final CollectingReceiver receiver = new CollectingReceiver();

  @Test
  void hasTheDefaultsOfAlloy() throws Exception {
    Arguments arguments = RiverArguments.decode(Arguments.class, "forward_to = []");

    assertThat(arguments.server().http().listenAddress()).isEmpty();
    assertThat(arguments.server().http().listenPort()).isEqualTo(8080);
    assertThat(arguments.server().http().serverReadTimeout()).isEqualTo(Duration.ofSeconds(30));
    assertThat(arguments.server().http().serverIdleTimeout()).isEqualTo(Duration.ofMinutes(2));
    assertThat(arguments.server().gracefulShutdownTimeout()).isEqualTo(Duration.ofSeconds(30));
    assertThat(arguments.useIncomingTimestamp()).isFalse();
    assertThat(arguments.maxSendMessageSize().bytes()).isEqualTo(100 << 20);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "forward_to = []\nhttp {\nlisten_port = 70000\n}",
        "forward_to = []\nhttp {\nconn_limit = -1\n}",
        "forward_to = []\nhttp {\nserver_read_timeout = \"0s\"\n}",
        "forward_to = []\nhttp {\nhttp2 {\nenabled = true\n}\n}",
        "forward_to = []\nhttp {\ntls {\ncert_pem = \"x\"\n}\n}",
        "forward_to = []\nhttp {\ntls {\ncert_pem = \"x\"\nkey_pem = \"x\"\nclient_auth_type = \"?\"\n}\n}",
        "forward_to = []\ngraceful_shutdown_timeout = \"0s\"",
        "forward_to = []\nmax_send_message_size = \"much\"",
        "labels = {}",
      })
  void refusesWrongArguments(String body) {
    assertThatThrownBy(() -> RiverArguments.decode(Arguments.class, body))
        .isInstanceOf(DiagnosticsException.class);
  }

  @Test
  void takesProtobufWithTimesMetadataAndTenant() throws Exception {
    try (var api = api(KEEP_TIME)) {
      byte[] stream =
          message(out -> {
            out.writeString(1, "{app=\"web\", path=\"C:\\\\a\\n\"}");
            out.writeByteArray(2, entry(1, "one", "trace", "7"));
            out.writeByteArray(2, entry(2, "zwei ü"));
          });

      HttpResponse<String> answer = api.post(PUSH, push(stream), "X-Scope-OrgID", "team-a");

      assertThat(answer.statusCode()).isEqualTo(204);
      Map<String, String> labels =
          Map.of("app", "web", "path", "C:\\a\n", "__tenant_id__", "team-a");
      assertThat(receiver.entries())
          .containsExactly(
              new SeenEntry("one", 1_000_000_000L, labels, Metadata.of("trace", "7"), Map.of()),
              new SeenEntry("zwei ü", 2_000_000_000L, labels, Metadata.EMPTY, Map.of()));
      assertThat(api.metrics()).containsPattern("loki_source_api_entries_written\\{\\S* 2");
      // The request ends a moment after its answer has arrived.
      await()
          .untilAsserted(() ->
              assertThat(api.metrics())
                  .containsPattern(
                      "request_duration_seconds_count"
                          + "\\{.*POST.*loki_api_v1_push.*status_code=\"204\".* 1"));
    }
  }

  @Test
  void takesJsonPlainOrCompressed() throws Exception {
    byte[] body =
        utf8(
            """
            {"streams": [
              {"values": [["5", "early"]], "stream": {"app": "late"}},
              {"stream": {"app": "web"}, "values": [["7", "a \\u00fc", {"k": "v"}], ["8", "b"]]}
            ], "more": [1]}
            """);
    try (var api = api(KEEP_TIME)) {
      assertThat(api.post("/api/v1/push", body, JSON).statusCode()).isEqualTo(204);
      assertThat(receiver.lines()).containsExactly("early", "a ü", "b");
      assertThat(receiver.entries().get(1).metadata()).isEqualTo(Metadata.of("k", "v"));
      assertThat(receiver.entries().get(0).labels()).isEqualTo(Map.of("app", "late"));

      int status =
          api.post(
                  PUSH,
                  gzip(body),
                  "Content-Type",
                  "application/json; charset=utf-8",
                  "Content-Encoding",
                  "gzip")
              .statusCode();
      assertThat(status).isEqualTo(204);
      assertThat(receiver.lines()).hasSize(6);
    }
  }

  @Test
  void takesLinesOfText() throws Exception {
    try (var api = api("labels = {job = \"raw\"}")) {
      byte[] body = utf8("one\r\n\ntwo\nthree");

      assertThat(api.post("/loki/api/v1/raw", body).statusCode()).isEqualTo(204);
      assertThat(api.post("/api/v1/raw", body).statusCode()).isEqualTo(204);

      assertThat(receiver.lines()).containsExactly("one", "two", "three", "one", "two", "three");
      assertThat(receiver.entries()).allMatch(entry -> entry.labels().equals(Map.of("job", "raw")));
    }
  }

  @Test
  void givesTheTimeOfReceiptOneNanosecondApart() throws Exception {
    try (var api = api("")) {
      api.post(PUSH, push(stream("{a=\"b\"}", "same", "same")));

      List<SeenEntry> entries = receiver.entries();
      assertThat(entries.get(1).timestamp()).isEqualTo(entries.get(0).timestamp() + 1);
      assertThat(entries.get(0).timestamp()).isGreaterThan(1_700_000_000_000_000_000L);
    }
  }

  @Test
  void setsLabelsAppliesRulesAndHidesInternalLabels() throws Exception {
    var rules =
        new Rules(
            List.of(
                Rule.of(Action.UPPERCASE, "app", "app"),
                Rule.of(Action.REPLACE, "kept", "__hidden")));
    try (var api = api(rules, "labels = {env = \"prod\"}\nrelabel_rules = rules")) {
      api.post(PUSH, push(stream("{app=\"web\", env=\"dev\", __hidden=\"h\"}", "x")));

      assertThat(receiver.entries().getFirst().labels())
          .isEqualTo(Map.of("app", "WEB", "env", "prod", "kept", "h"));
    }
  }

  @Test
  void forwardsGoodStreamsOfAPushWithABadOne() throws Exception {
    try (var api = api("")) {
      HttpResponse<String> answer =
          api.post(PUSH, push(stream("{bad", "lost"), stream("{a=\"b\"}", "good")));

      assertThat(answer.statusCode()).isEqualTo(400);
      assertThat(answer.body()).contains("couldn't parse labels");
      assertThat(receiver.lines()).containsExactly("good");
    }
  }

  @Test
  void refusesWhatItDoesNotUnderstand() throws Exception {
    try (var api = api("")) {
      assertThat(api.post(PUSH, utf8("no snappy")).statusCode()).isEqualTo(400);
      assertThat(api.post(PUSH, new byte[0]).statusCode()).isEqualTo(400);
      assertThat(api.post(PUSH, utf8("{\"streams\": [{"), JSON).statusCode()).isEqualTo(400);
      assertThat(api.post(PUSH, utf8("[]"), JSON).statusCode()).isEqualTo(400);
      assertThat(api.post(PUSH, utf8("{}"), "Content-Encoding", "br").statusCode()).isEqualTo(400);
      assertThat(api.post(PUSH, push(), "X-Scope-OrgID", "a/../b").statusCode()).isEqualTo(400);
      assertThat(api.post("/elsewhere", push()).statusCode()).isEqualTo(404);
      assertThat(api.get(PUSH).statusCode()).isEqualTo(405);
      assertThat(api.get("/ready").statusCode()).isEqualTo(200);
      assertThat(receiver.lines()).isEmpty();
    }
  }

  @Test
  void refusesWhatIsTooLargeAlsoOnceDecompressed() throws Exception {
    try (var api = api("max_send_message_size = \"64KiB\"")) {
      byte[] bomb = utf8("{\"streams\": []}" + " ".repeat(1 << 20));

      assertThat(api.post(PUSH, bomb, JSON).statusCode()).isEqualTo(413);
      assertThat(
              api.post(
                      PUSH,
                      gzip(bomb),
                      "Content-Type",
                      "application/json",
                      "Content-Encoding",
                      "gzip")
                  .statusCode())
          .isEqualTo(413);
      assertThat(api.post(PUSH, push(stream("{a=\"b\"}", "x".repeat(1 << 20)))).statusCode())
          .isEqualTo(413);
      // A block that says it holds 4 GiB.
      byte[] lie = {-1, -1, -1, -1, 15, 0, 0};
      assertThat(api.post(PUSH, lie).statusCode()).isEqualTo(413);
      assertThat(receiver.lines()).isEmpty();
    }
  }

  @Test
  void answersOnceDelivered() throws Exception {
    receiver.holdDeliveries();
    try (var api = api("")) {
      FutureTask<HttpResponse<String>> answer =
          later(() -> api.post(PUSH, push(stream("{a=\"b\"}", "x"))));
      await().until(() -> receiver.lines().size() == 1);
      assertThat(answer.isDone()).isFalse();

      receiver.confirmAll();

      assertThat(answer.get().statusCode()).isEqualTo(204);
    }
  }

  @Test
  void tellsTheSenderWhatWasNotDelivered() throws Exception {
    receiver.holdDeliveries();
    try (var api = api("")) {
      FutureTask<HttpResponse<String>> answer =
          later(() -> api.post(PUSH, push(stream("{a=\"b\"}", "x"))));
      await().until(() -> receiver.lines().size() == 1);

      receiver.failAll();

      assertThat(answer.get().statusCode()).isEqualTo(503);
      assertThat(answer.get().headers().firstValue("Retry-After")).contains("1");
    }
  }

  @Test
  void doesNotDoubleAPushThatIsSentAgainWhileItIsUnderWay() throws Exception {
    receiver.holdDeliveries();
    try (var api = api("server_write_timeout = \"100ms\"\n@@")) {
      byte[] push = push(stream("{a=\"b\"}", "x"));
      assertThat(api.post(PUSH, push).statusCode()).isEqualTo(503);
      assertThat(api.post(PUSH, push).statusCode()).isEqualTo(503);

      receiver.confirmAll();

      assertThat(api.post(PUSH, push).statusCode()).isEqualTo(204);
      assertThat(receiver.lines()).containsExactly("x");
      receiver.holdDeliveries();
      assertThat(api.post(PUSH, push).statusCode()).isEqualTo(503);
      assertThat(receiver.lines()).hasSize(2);
    }
  }

  @Test
  void takesNothingWhileReceiversAreFull() throws Exception {
    var full = new CountDownLatch(1);
    Receiver blocked =
        batch -> {
          full.await();
          receiver.accept(batch);
        };
    try (var api =
        new ApiUnderTest(storage, blocked, Rules.NONE, "server_write_timeout = \"100ms\"\n@@")) {
      byte[] push = push(stream("{a=\"b\"}", "x"));
      assertThat(api.post(PUSH, push).statusCode()).isEqualTo(503);
      assertThat(receiver.lines()).isEmpty();

      full.countDown();

      assertThat(api.post(PUSH, push).statusCode()).isEqualTo(204);
      assertThat(receiver.lines()).containsExactly("x");
    }
  }

  @Test
  void answersRequestsUnderWayWhenItStops() throws Exception {
    receiver.holdDeliveries();
    var api = api("");
    FutureTask<HttpResponse<String>> answer =
        later(() -> api.post(PUSH, push(stream("{a=\"b\"}", "x"))));
    await().until(() -> receiver.lines().size() == 1);
    FutureTask<Boolean> stopped =
        later(() -> {
          api.close();
          return true;
        });

    receiver.confirmAll();

    assertThat(answer.get().statusCode()).isEqualTo(204);
    assertThat(stopped.get()).isTrue();
  }

  @Test
  void keepsItsSocketWhenOtherArgumentsChangeAndMovesWhenTheAddressDoes() throws Exception {
    try (var api = api("")) {
      int port = api.port();
      try (var idle = new Socket("127.0.0.1", port)) {
        api.component().update(api.arguments(0, "labels = {v = \"2\"}"));
        OutputStream out = idle.getOutputStream();
        out.write(utf8("POST /api/v1/raw HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\nx"));
        assertThat(idle.getInputStream().read()).isEqualTo('H');
      }
      assertThat(api.port()).isEqualTo(port);
      assertThat(receiver.entries().getFirst().labels()).isEqualTo(Map.of("v", "2"));

      int other = freePort();
      api.component().update(api.arguments(other, ""));

      assertThat(api.port()).isEqualTo(other);
      assertThat(api.post("/api/v1/raw", utf8("y")).statusCode()).isEqualTo(204);
      assertThat(api.component().health().orElseThrow().message()).contains("listening on");
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new java.net.ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private ApiUnderTest api(String more) {
    return api(Rules.NONE, more);
  }

  private ApiUnderTest api(Rules rules, String more) {
    return new ApiUnderTest(storage, receiver, rules, more);
  }

  private static <T> FutureTask<T> later(Callable<T> work) {
    var task = new FutureTask<>(work);
    Thread.ofVirtual().start(task);
    return task;
  }

  private static byte[] gzip(byte[] body) throws IOException {
    var out = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(out)) {
      gzip.write(body);
    }
    return out.toByteArray();
  }
}
