package dev.weir.agent.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.agent.sandbox.LokiClient.Push;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueriesTest {
  private static final Instant NOW = Instant.parse("2026-08-22T10:00:00Z");
  private static final long T = QueryTimes.nanos(NOW);
  private static final ObjectMapper JSON = new ObjectMapper();

  private Sandbox sandbox;
  private LokiClient loki;

  @BeforeEach
  void start() throws Exception {
    sandbox = Sandbox.start(SandboxOptions.loopback().withClock(() -> NOW));
    loki = new LokiClient(sandbox);
    loki.push(
        Push.stream("{job=\"docker\", app=\"web\", stream=\"stdout\"}")
            .entry(at("-30m"), "GET / 200")
            .entry(at("-10m"), "GET /a 500")
            .entry(at("-1m"), "POST /b 200", "trace_id", "abc")
            .and("{job=\"docker\", app=\"db\", stream=\"stderr\"}")
            .entry(at("-2m"), "level=error msg=\"no space\""));
  }

  @AfterEach
  void stop() throws IOException {
    loki.close();
    sandbox.close();
  }

  private static long at(String time) throws BadRequest {
    return QueryTimes.time("start", "now" + time, NOW);
  }

  private JsonNode result(String... parameters) throws Exception {
    var answer = loki.get("/loki/api/v1/query_range", parameters);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    JsonNode json = JSON.readTree(answer.body());
    assertThat(json.path("status").asText()).isEqualTo("success");
    assertThat(json.path("data").path("resultType").asText()).isEqualTo("streams");
    return json.path("data").path("result");
  }

  private List<String> lines(String... parameters) throws Exception {
    List<String> lines = new ArrayList<>();
    for (JsonNode stream : result(parameters)) {
      stream.path("values").forEach(value -> lines.add(value.get(1).asText()));
    }
    return lines;
  }

  private static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    list.forEach(item -> texts.add(item.asText()));
    return texts;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '\0',
      value = {
        "{app=\"web\"}; 3",
        "{app=\"web\"} |= \"GET\"; 2",
        "{app=\"web\"} |= `GET` != \"500\"; 1",
        "{app=\"web\"} |= \"500\" or \"POST\"; 2",
        "{app=\"web\"} |~ \"[45]\\\\d\\\\d$\"; 1",
        "{app=\"web\"} !~ `\\d{3}$`; 0",
        "{app=~\"web|db\"}; 4",
        "{app=~\"we\"}; 0",
        "{app!=\"web\", job=\"docker\"}; 1",
        "{app!~\"w.*\", job=~\".+\"}; 1",
        "{job=\"docker\", none=\"\"}; 4",
        "{ job = 'docker' }; -1",
        "{job=\"docker\",} # all; 4",
        "{service_name=\"web\"}; 3",
      })
  void selectsStreamsAndLines(String query, int count) throws Exception {
    if (count < 0) {
      assertThat(loki.get("/loki/api/v1/query_range", "query", query).statusCode()).isEqualTo(400);
    } else {
      assertThat(lines("query", query)).hasSize(count);
    }
  }

  @Test
  void showsMetadataAndWhatLokiAdds() throws Exception {
    JsonNode error = result("query", "{app=\"db\"}").get(0).path("stream");
    JsonNode traced = result("query", "{app=\"web\"} |= \"POST\"").get(0).path("stream");

    assertThat(error.path("detected_level").asText()).isEqualTo("error");
    assertThat(error.path("service_name").asText()).isEqualTo("db");
    assertThat(traced.path("trace_id").asText()).isEqualTo("abc");
    assertThat(traced.path("detected_level").asText()).isEqualTo("unknown");
  }

  @Test
  void goesBackFromTheNewestUnlessToldOtherwise() throws Exception {
    assertThat(lines("query", "{app=\"web\"}", "limit", "1")).containsExactly("POST /b 200");
    assertThat(lines("query", "{app=\"web\"}", "limit", "2", "direction", "forward"))
        .containsExactly("GET / 200", "GET /a 500");
  }

  @ParameterizedTest
  @CsvSource({
    "now-5m, 1",
    "now-15m, 2",
    "now-1h, 3",
    "1787391900, 2",
    "1787391900.000, 2",
    "1787391900000000000, 2",
    "2026-08-22T09:55:00Z, 1",
    "2026-08-22T11:55:00.5+02:00, 1",
  })
  void readsEveryFormOfTime(String start, int count) throws Exception {
    assertThat(lines("query", "{app=\"web\"}", "start", start)).hasSize(count);
  }

  @Test
  void readsRangesRelativeToTheirEnd() throws Exception {
    assertThat(lines("query", "{app=\"web\"}", "since", "5m")).hasSize(1);
    assertThat(lines("query", "{app=\"web\"}", "start", "now-5m", "end", "now")).hasSize(1);
    assertThat(lines("query", "{app=\"web\"}", "since", "15m", "end", "now-5m", "step", "15s"))
        .containsExactly("GET /a 500");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '\0',
      value = {
        "limit=0; limit must be a positive value",
        "limit=6000; max entries limit per query exceeded",
        "direction=up; invalid direction 'up'",
        "since=x; could not parse 'since' parameter: not a valid duration string: \"x\"",
        "end=1; end timestamp must not be before or equal to start time",
        "step=0; zero or negative query resolution",
      })
  void refusesParametersThatMakeNoSense(String parameter, String message) throws Exception {
    String[] pair = parameter.split("=", 2);
    var answer =
        loki.get(
            "/loki/api/v1/query_range",
            "query",
            "{app=\"web\"}",
            pair[0],
            pair[1],
            pair[0].equals("end") ? "start" : "x",
            "now-1h");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).startsWith(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '\0',
      value = {
        "{app=\"web\"} | json; parse error at line 1, col 13: the sandbox does not know `| json`",
        "rate({app=\"web\"}[5m]); parse error at line 1, col 1: the sandbox does not know",
        "{app}; parse error at line 1, col 5: syntax error: unexpected }, expecting = or =~",
        "{app=\"web\"; parse error at line 1, col 11: syntax error: unexpected $end, expecting } or ,",
        "{app=\"web; parse error at line 1, col 6: literal not terminated",
        "{app=~\"(\"}; parse error : error parsing regexp: missing closing ): `(`",
        "; parse error : syntax error: unexpected $end",
      })
  void saysWhereAQueryIsWrong(String query, String message) throws Exception {
    var answer = loki.get("/loki/api/v1/query_range", "query", query == null ? "" : query);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).startsWith(message);
  }

  @Test
  void listsLabelsValuesAndSeries() throws Exception {
    JsonNode labels = JSON.readTree(loki.get("/loki/api/v1/labels").body());
    JsonNode values = JSON.readTree(loki.get("/loki/api/v1/label/app/values").body());
    JsonNode narrowed =
        JSON.readTree(
            loki.get("/loki/api/v1/label/app/values", "query", "{stream=\"stderr\"}").body());
    JsonNode series =
        JSON.readTree(loki.get("/loki/api/v1/series", "match[]", "{app=\"db\"}").body());

    assertThat(texts(labels.path("data"))).containsExactly("app", "job", "service_name", "stream");
    assertThat(texts(values.path("data"))).containsExactly("db", "web");
    assertThat(texts(narrowed.path("data"))).containsExactly("db");
    assertThat(series.path("data")).hasSize(1);
    assertThat(series.path("data").get(0).path("stream").asText()).isEqualTo("stderr");
  }

  @Test
  void listsOnlyWhatIsInTheRange() throws Exception {
    JsonNode values =
        JSON.readTree(
            loki.get("/loki/api/v1/label/app/values", "start", "now-1h", "end", "now-20m").body());
    JsonNode none =
        JSON.readTree(loki.get("/loki/api/v1/label/app/values", "end", "now-1h").body());

    assertThat(texts(values.path("data"))).containsExactly("web");
    assertThat(none.has("data")).isFalse();
  }

  @Test
  void refusesEntriesAtOneInstantAsLokiDoes() throws Exception {
    var answer = loki.get("/loki/api/v1/query", "query", "{app=\"web\"}");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).startsWith("log queries are not supported as an instant query type");
  }

  @Test
  void seesTheTenantOfTheRequestAlone() throws Exception {
    loki.push(Push.stream("{app=\"web\"}").entry(T, "other"), "other");

    assertThat(lines("query", "{app=\"web\"}")).doesNotContain("other");
  }

  @Test
  void isReadyAndSaysWhatItIs() throws Exception {
    assertThat(loki.get("/ready").body()).isEqualTo("ready\n");
    assertThat(JSON.readTree(loki.get("/loki/api/v1/status/buildinfo").body()).path("application"))
        .hasToString("\"weir-sandbox\"");
    assertThat(loki.get("/nothing").statusCode()).isEqualTo(404);
    assertThat(loki.get("/loki/api/v1/push").statusCode()).isEqualTo(405);
  }
}
