package dev.weir.agent.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.agent.sandbox.LokiClient.Push;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Good and bad pushes and queries meet the answers that a real Loki gave.
class LokiAnswersTest {
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

  private static long ago(Duration duration) {
    return T - duration.toNanos();
  }

  private static Push lines(long first, int count) {
    var push = Push.stream("{t=\"x\"}");
    for (int i = 0; i < count; i++) {
      push.entry(first + i, "line " + (first + i));
    }
    return push;
  }

  private static void assertRefused(HttpResponse<String> answer, String text) {
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).isEqualTo(text + "\n");
    assertThat(answer.headers().firstValue("Content-Type")).contains("text/plain; charset=utf-8");
  }

  /// As a push, but Loki ends these messages without a newline.
  private static void assertQueryRefused(HttpResponse<String> answer, String text) {
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).isEqualTo(text);
  }

  @Test
  void anIdenticalReplayIsInvisible() throws Exception {
    assertThat(loki.push(lines(T, 50)).statusCode()).isEqualTo(204);
    assertThat(loki.push(lines(T, 50)).statusCode()).isEqualTo(204);
    assertThat(sandbox.count("{t=\"x\"}")).isEqualTo(50);

    loki.push(lines(T + 50, 50));
    loki.push(lines(T, 50));

    assertThat(sandbox.count("{t=\"x\"}")).isEqualTo(100);
  }

  @Test
  void twoTextsAtOneNanosecondAreTwoEntries() throws Exception {
    loki.push(Push.stream("{t=\"x\"}").entry(T, "a").entry(T, "a").entry(T, "b"));

    assertThat(sandbox.lines("{t=\"x\"}")).containsExactly("a", "b");
  }

  @Test
  void refusesWhatIsTooOldAndStoresTheRest() throws Exception {
    var push = Push.stream("{t=\"x\"}").entry(ago(Duration.ofDays(8)), "old").entry(T, "fresh");

    assertRefused(
        loki.push(push),
        "entry for stream '{service_name=\"unknown_service\", t=\"x\"}' has timestamp too old:"
            + " 2026-08-14T10:00:00Z, oldest acceptable timestamp is: 2026-08-15T10:00:00Z");
    assertThat(sandbox.lines("{t=\"x\"}")).containsExactly("fresh");
  }

  @Test
  void refusesWhatIsTooNew() throws Exception {
    assertRefused(
        loki.push(Push.stream("{t=\"x\"}").entry(T + Duration.ofHours(1).toNanos(), "later")),
        "entry for stream '{service_name=\"unknown_service\", t=\"x\"}' has timestamp too new:"
            + " 2026-08-22T11:00:00Z");
    assertThat(sandbox.count("{}")).isZero();
  }

  @Test
  void refusesWhatIsTooFarBehindItsStream() throws Exception {
    loki.push(lines(T, 1));
    var push =
        Push.stream("{t=\"x\"}").entry(ago(Duration.ofHours(3)), "behind").entry(T + 1, "fresh");

    assertRefused(
        loki.push(push),
        "entry with timestamp 2026-08-22 07:00:00 +0000 UTC ignored, reason: 'entry too far behind,"
            + " entry timestamp is: 2026-08-22T07:00:00Z, oldest acceptable timestamp is:"
            + " 2026-08-22T09:00:00Z',\n"
            + "user 'fake', total ignored: 1 out of 2 for stream:"
            + " {service_name=\"unknown_service\", t=\"x\"}");
    assertThat(sandbox.lines("{t=\"x\"}")).contains("fresh").doesNotContain("behind");
  }

  @Test
  void refusesALongLineAndStoresAShortOne() throws Exception {
    var push = Push.stream("{t=\"x\"}").entry(T, "x".repeat(300_000)).entry(T, "short");

    assertRefused(
        loki.push(push),
        "max entry size '262144' bytes exceeded for stream"
            + " '{service_name=\"unknown_service\", t=\"x\"}' while adding an entry with length"
            + " '300000' bytes");
    assertThat(sandbox.lines("{t=\"x\"}")).containsExactly("short");
  }

  @Test
  void countsAlikeRefusals() throws Exception {
    var push =
        Push.stream("{t=\"x\"}")
            .entry(T, "a".repeat(300_000))
            .entry(T, "b".repeat(300_000))
            .entry(ago(Duration.ofDays(8)), "old");

    assertThat(loki.push(push).body())
        .startsWith("2 errors like: max entry size")
        .contains("; 1 errors like: entry for stream");
  }

  @Test
  void refusesTooManyAndTooLongLabels() throws Exception {
    var names = new StringBuilder("{l0=\"x\"");
    for (int i = 1; i < 16; i++) {
      names.append(", l").append(i).append("=\"x\"");
    }
    HttpResponse<String> many = loki.push(Push.stream(names + "}").entry(T, "x"));
    HttpResponse<String> longValue =
        loki.push(Push.stream("{t=\"" + "v".repeat(3000) + "\"}").entry(T, "x"));

    assertThat(many.statusCode()).isEqualTo(400);
    assertThat(many.body())
        .startsWith("entry for stream '{l0=\"x\", ")
        .endsWith("}' has 16 label names; limit 15\n");
    assertThat(longValue.body()).contains("has label value too long: 'vvv");
    assertThat(sandbox.count("{}")).isZero();
  }

  @Test
  void refusesLabelNamesThatAreNone() throws Exception {
    assertRefused(
        loki.pushJson(json("\"a-b\":\"x\"", "line")),
        "couldn't parse labels: 1:3: parse error: unexpected character inside braces: '-'");
    assertRefused(
        loki.push(Push.stream("{1a=\"x\"}").entry(T, "x")),
        "couldn't parse labels: 1:2: parse error: unexpected character inside braces: '1'");
  }

  private static String json(String labels, String line) {
    return "{\"streams\":[{\"stream\":{%s},\"values\":[[\"%d\",\"%s\"]]}]}"
        .formatted(labels, T, line);
  }

  @Test
  void namesTheServiceOfAStreamWithoutLabels() throws Exception {
    assertThat(loki.pushJson(json("", "line")).statusCode()).isEqualTo(204);

    assertThat(sandbox.lines("{service_name=\"unknown_service\"}")).containsExactly("line");
  }

  @Test
  void takesEmptyLinesAndDropsEmptyLabels() throws Exception {
    assertThat(loki.pushJson(json("\"a\":\"x\",\"b\":\"\"", "")).statusCode()).isEqualTo(204);

    StoredEntry entry = sandbox.entries("{a=\"x\"}").getFirst();
    assertThat(entry.line()).isEmpty();
    assertThat(entry.labels().toMap()).containsOnlyKeys("a");
  }

  @Test
  void renamesStructuredMetadata() throws Exception {
    loki.push(Push.stream("{t=\"x\"}").entry(T, "line", "bad-name", "v"));

    assertThat(sandbox.entries("{t=\"x\"}").getFirst().metadata().get("bad_name")).isEqualTo("v");
  }

  @Test
  void oneTextWithOtherMetadataIsAnotherEntry() throws Exception {
    loki.push(Push.stream("{t=\"x\"}").entry(T, "a", "k", "1").entry(T, "a", "k", "2"));

    assertThat(sandbox.lines("{t=\"x\"}")).containsExactly("a", "a");
  }

  @Test
  void takesNamesOfMetadataWithNothingInThemForItsOwnFault() throws Exception {
    HttpResponse<String> empty = loki.push(Push.stream("{t=\"x\"}").entry(T, "a", "", "v"));
    HttpResponse<String> none = loki.push(Push.stream("{t=\"x\"}").entry(T, "a", "--", "v"));

    assertThat(empty.statusCode()).isEqualTo(500);
    assertThat(empty.body()).isEqualTo("label name is empty\n");
    assertThat(none.statusCode()).isEqualTo(500);
    assertThat(none.body())
        .isEqualTo("normalization for label name \"--\" resulted in invalid name \"_\"\n");
  }

  @Test
  void cannotHandOnMoreThanFourMebibytes() throws Exception {
    var push = Push.stream("{t=\"x\"}");
    for (int i = 0; i < 17; i++) {
      push.entry(T + i, "x".repeat(250_000));
    }

    HttpResponse<String> answer = loki.push(push);

    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(answer.body())
        .startsWith("rpc error: code = ResourceExhausted desc = grpc: received message larger than")
        .endsWith(" vs. 4194304)\n");
    assertThat(sandbox.count("{}")).isZero();
  }

  @Test
  void takesAStreamWithoutEntries() throws Exception {
    assertThat(loki.push(Push.stream("{t=\"x\"}")).statusCode()).isEqualTo(204);
  }

  @Test
  void wantsToKnowTheKindOfBody() throws Exception {
    assertRefused(loki.post(lines(T, 1).body()), "mime: no media type");
  }

  @Test
  void wantsAtLeastOneStream() throws Exception {
    HttpResponse<String> answer = loki.pushJson("{\"streams\":[]}");

    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.body())
        .isEqualTo("error at least one valid stream is required for ingestion\n");
  }

  @Test
  void refusesBrokenBodies() throws Exception {
    byte[] noSnappy = "no snappy".getBytes(StandardCharsets.UTF_8);

    assertThat(loki.pushJson("{\"streams\":").statusCode()).isEqualTo(400);
    assertRefused(
        loki.post(noSnappy, "Content-Type", "application/x-protobuf"), "snappy: corrupt input");
    assertRefused(
        loki.post(noSnappy, "Content-Type", "application/json", "Content-Encoding", "br"),
        "Content-Encoding \"br\" not supported");
  }

  @Test
  void answersTheQueriesThatLokiRefuses() throws Exception {
    String tooWide =
        "parse error : queries require at least one regexp or equality matcher that does not have"
            + " an empty-compatible value. For instance, app=~\".*\" does not meet this"
            + " requirement, but app=~\".+\" will";

    assertQueryRefused(range("{}"), tooWide);
    assertQueryRefused(range("{t=~\".*\"}"), tooWide);
    assertQueryRefused(
        range("{t="),
        "parse error at line 1, col 4: syntax error: unexpected $end, expecting STRING");
    assertQueryRefused(
        loki.get("/loki/api/v1/query_range", "query", "{t=\"x\"}", "start", "yesterday"),
        "could not parse 'start' parameter: strconv.ParseInt: parsing \"yesterday\": invalid"
            + " syntax");
  }

  private HttpResponse<String> range(String query) throws IOException, InterruptedException {
    return loki.get("/loki/api/v1/query_range", "query", query);
  }
}
