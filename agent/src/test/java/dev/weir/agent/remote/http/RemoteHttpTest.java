package dev.weir.agent.remote.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.weir.agent.component.ComponentException;
import dev.weir.agent.component.Health;
import dev.weir.agent.remote.http.RemoteHttp.Arguments;
import dev.weir.agent.remote.http.RemoteHttp.Exports;
import dev.weir.agent.river.DiagnosticsException;
import dev.weir.agent.river.eval.OptionalSecret;
import dev.weir.agent.testkit.RiverArguments;
import dev.weir.agent.testkit.RunningComponent;
import dev.weir.agent.testkit.TestContext;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RemoteHttpTest {
  @TempDir Path storage;
  private TestContext context;
  private HttpServer server;
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private volatile int status = 200;
  private volatile String answer = " content\n";

  @BeforeEach
  void startServer() throws IOException {
    context = new TestContext("remote.http.test", storage);
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      var headers = exchange.getRequestHeaders();
      requests.add(
          String.join(
              " ",
              exchange.getRequestMethod(),
              String.valueOf(headers.getFirst("X-Key")),
              String.valueOf(headers.getFirst("User-Agent")),
              String.valueOf(headers.getFirst("Authorization")),
              body));
      byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(status, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  @AfterEach
  void stopServer() {
    server.stop(0);
  }

  @Test
  void hasTheDefaultsOfAlloy() throws Exception {
    Arguments arguments = arguments("");

    assertThat(arguments.pollFrequency()).isEqualTo(Duration.ofMinutes(1));
    assertThat(arguments.pollTimeout()).isEqualTo(Duration.ofSeconds(10));
    assertThat(arguments.method()).isEqualTo("GET");
    assertThat(arguments.isSecret()).isFalse();
  }

  @Test
  void publishesTheAnswerBeforeItRuns() throws Exception {
    var component = component("is_secret = true");

    assertThat(content()).isEqualTo(new OptionalSecret(true, "content"));
    assertThat(component.health().orElseThrow().message()).isEqualTo("polled endpoint");
    assertThat(requests).containsExactly("GET null Weir/0.1.0 null ");
  }

  @Test
  void sendsHeadersBodyAndCredentials() throws Exception {
    var component =
        component(
            """
            method  = "POST"
            headers = {"X-Key" = "k", "User-Agent" = "me"}
            body    = "question"
            client {
              bearer_token = "t"
            }
            """);

    assertThat(component.health()).isPresent();
    assertThat(requests).containsExactly("POST k me Bearer t question");
  }

  @Test
  void waitsNoLongerThanItsTimeoutForAServerThatDoesNotAnswer() throws Exception {
    try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String url = "url = \"http://127.0.0.1:" + silent.getLocalPort() + "/\"\n";
      Arguments unanswered =
          RiverArguments.decode(Arguments.class, url + "poll_timeout = \"100ms\"");
      assertThatThrownBy(() -> new RemoteHttp(unanswered, context))
          .isInstanceOf(ComponentException.class)
          .hasMessageStartingWith("polling failed: ");

      RemoteHttp component = component("");
      assertThatThrownBy(() -> component.update(unanswered))
          .isInstanceOf(ComponentException.class)
          .hasMessageStartingWith("polling failed: ");
      assertThat(content().reveal()).isEqualTo("content");
    }
  }

  @Test
  void asksAgainAndKeepsTheLastGoodAnswer() throws Exception {
    var component = component("poll_frequency = \"20ms\"\npoll_timeout = \"10ms\"");
    try (var _ = new RunningComponent(component)) {
      answer = "second";
      await().until(() -> content().reveal().equals("second"));

      status = 500;
      answer = "broken";
      await().until(() -> component.health().orElseThrow().message().contains("status code 500"));
      assertThat(content().reveal()).isEqualTo("second");

      status = 200;
      await().until(() -> content().reveal().equals("broken"));
      assertThat(component.health().orElseThrow().state()).isEqualTo(Health.State.HEALTHY);
    }
  }

  @Test
  void keepsItsArgumentsWhenNewOnesGiveNoAnswer() throws Exception {
    var component = component("");
    status = 404;

    assertThatThrownBy(() -> component.update(arguments("method = \"PUT\"")))
        .isInstanceOf(ComponentException.class)
        .hasMessageContaining("polling failed: unexpected status code 404");
    assertThatThrownBy(() -> component("")).isInstanceOf(ComponentException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "poll_frequency = \"0s\"",
        "poll_timeout = \"0s\"",
        "poll_timeout = \"1m\"",
        "method = \"A B\"",
        "headers = {\"a\" = \"b\\n\"}",
        "client {\nbearer_token = \"a\"\nbasic_auth {\n}\n}",
      })
  void refusesWrongArguments(String more) {
    assertThatThrownBy(() -> arguments(more)).isInstanceOf(DiagnosticsException.class);
  }

  @Test
  void refusesWhatIsNoUrl() {
    for (String url : List.of("", "ftp://a", "http://", "a b")) {
      assertThatThrownBy(() -> RiverArguments.decode(Arguments.class, "url = \"" + url + "\""))
          .isInstanceOf(DiagnosticsException.class);
    }
  }

  private RemoteHttp component(String more) throws Exception {
    return new RemoteHttp(arguments(more), context);
  }

  private Arguments arguments(String more) throws DiagnosticsException {
    String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/x";
    return RiverArguments.decode(Arguments.class, "url = \"" + url + "\"\n" + more);
  }

  private OptionalSecret content() {
    return ((Exports) context.published().getLast()).content();
  }
}
