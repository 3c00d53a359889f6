package dev.weir.agent.loki.source.heroku;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.weir.agent.loki.source.heroku.LokiSourceHeroku.Arguments;
import dev.weir.agent.loki.source.heroku.LokiSourceHeroku.DebugInfo;
import dev.weir.agent.relabel.Action;
import dev.weir.agent.relabel.AnchoredRegex;
import dev.weir.agent.relabel.Rule;
import dev.weir.agent.relabel.Rules;
import dev.weir.agent.river.DiagnosticsException;
import dev.weir.agent.testkit.CollectingReceiver;
import dev.weir.agent.testkit.RiverArguments;
import dev.weir.agent.testkit.RunningComponent;
import dev.weir.agent.testkit.TestContext;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LokiSourceHerokuTest {
  private static final String ONE =
      "<40>1 2012-11-30T06:45:29+00:00 host app web.3 - State changed from starting to up\n";
  private static final String TWO = "<40>1 2012-11-30T06:45:26Z host app web.3 - Starting";
  private static final Rules ALL =
      new Rules(
          List.of(
              new Rule(
                  List.of(),
                  ";",
                  AnchoredRegex.parse("__heroku_drain_(.*)"),
                  0,
                  "",
                  "$1",
                  Action.LABELMAP)));

  @TempDir Path storage;
  private final CollectingReceiver receiver = new CollectingReceiver();

  @Test
  void takesWhatDrainsSend() throws Exception {
    var context = new TestContext("loki.source.heroku.test", storage);
    String more = "labels = {job = \"heroku\", app = \"never\"}\nuse_incoming_timestamp = true";
    var component = new LokiSourceHeroku(arguments(more), context);
    try (var _ = new RunningComponent(component)) {
      await().until(() -> info(component).ready());
      String body = ONE.length() + " " + ONE + TWO.length() + " " + TWO;

      assertThat(post(component, "?team=a%20b", body)).isEqualTo(204);

      assertThat(receiver.lines())
          .containsExactly("State changed from starting to up\n", "Starting");
      assertThat(receiver.entries().getFirst().labels())
          .isEqualTo(
              Map.of(
                  "host", "host",
                  "app", "app",
                  "proc", "web.3",
                  "log_id", "-",
                  "param_team", "a b",
                  "job", "heroku",
                  "__tenant_id__", "me"));
      assertThat(receiver.entries().getLast().timestamp()).isEqualTo(1_354_257_926_000_000_000L);

      assertThat(post(component, "", "12 <40>")).isEqualTo(400);
      assertThat(context.scrape())
          .containsPattern("heroku_drain_entries_total\\{\\S* 2")
          .containsPattern("heroku_drain_parsing_errors_total\\{\\S* 1")
          .contains("loki_source_heroku_drain_target_request_duration_seconds_count");
    }
  }

  @Test
  void refusesWrongArguments() {
    assertThatThrownBy(() -> RiverArguments.decode(Arguments.class, "labels = {}"))
        .isInstanceOf(DiagnosticsException.class);
    assertThatThrownBy(() ->
            RiverArguments.decode(Arguments.class, "forward_to = []\nhttp {\nlisten_port = -1\n}"))
        .isInstanceOf(DiagnosticsException.class);
  }

  @FuzzTest(maxDuration = "30s")
  void readsOrRefusesAnyBody(byte[] data) throws InterruptedException {
    try {
      DrainFrames.read(
          data, (_, buffer, from, end) -> assertThat(end - from).isBetween(0, buffer.length));
    } catch (DrainFrames.MalformedException e) {
      assertThat(e.getMessage()).isNotEmpty();
    }
  }

  private Arguments arguments(String more) {
    String body =
        """
        http {
          listen_address = "127.0.0.1"
          listen_port    = 0
        }
        forward_to    = [receiver]
        relabel_rules = rules
        """
            + more;
    return RiverArguments.decode(body, Arguments.class, receiver, ALL);
  }

  private static DebugInfo info(LokiSourceHeroku component) {
    return (DebugInfo) component.debugInfo().orElseThrow();
  }

  private static int post(LokiSourceHeroku component, String query, String body) throws Exception {
    String url = "http://" + info(component).address() + "/heroku/api/v1/drain" + query;
    try (HttpClient client = HttpClient.newHttpClient()) {
      var request =
          HttpRequest.newBuilder(URI.create(url))
              .header("X-Scope-OrgID", "me")
              .POST(BodyPublishers.ofString(body));
      return client.send(request.build(), BodyHandlers.discarding()).statusCode();
    }
  }
}
