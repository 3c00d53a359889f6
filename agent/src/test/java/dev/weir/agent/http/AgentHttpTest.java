package dev.weir.agent.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.agent.Agent;
import dev.weir.agent.AgentOptions;
import dev.weir.agent.component.Stability;
import dev.weir.agent.river.DiagnosticsException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The agent's port, as Prometheus, a probe and an operator's curl see it.
class AgentHttpTest {
  private static final String VALID =
      """
      loki.write "loki" {
        endpoint {
          url = "http://127.0.0.1:1/loki/api/v1/push"
          basic_auth {
            username = "me"
            password = "planted-secret"
          }
        }
      }
      """;

  @TempDir private Path directory;
  private Path file = Path.of("");
  private @Nullable Agent agent;
  private final HttpClient client = HttpClient.newHttpClient();

  @BeforeEach
  void write() throws IOException {
    file = Files.writeString(directory.resolve("config.river"), VALID);
  }

  @AfterEach
  void stop() throws InterruptedException {
    if (agent != null) {
      agent.stop();
    }
    client.close();
  }

  @Test
  void saysThatItIsReadyAndHealthy() throws Exception {
    start();

    assertThat(get("/-/ready")).isEqualTo("200 Alloy is ready.\n");
    assertThat(get("/-/alive")).isEqualTo("200 Weir is alive.\n");
    assertThat(get("/-/healthy")).isEqualTo("200 All Alloy components are healthy.\n");
    assertThat(get("/nothing")).isEqualTo("404 404 page not found\n");
  }

  @Test
  void reloadsWhenAsked() throws Exception {
    start();
    Files.writeString(file, VALID.replace("\"loki\"", "\"other\""));

    assertThat(post("/-/reload")).isEqualTo("200 config reloaded\n");
    assertThat(get("/api/v0/web/components"))
        .contains("\"localID\":\"loki.write.other\"")
        .doesNotContain("loki.write.loki");
  }

  @Test
  void keepsRunningWhatItRanWhenTheNewFileIsInvalid() throws Exception {
    start();
    Files.writeString(file, "loki.write {");

    assertThat(post("/-/reload")).startsWith("400 error during the reload: " + file + ":1:");
    assertThat(get("/-/ready")).startsWith("200");
    assertThat(get("/api/v0/web/components")).contains("\"localID\":\"loki.write.loki\"");
    assertThat(get("/metrics")).contains("alloy_config_last_load_successful 0.0");
  }

  @Test
  void showsAComponentWithoutItsSecrets() throws Exception {
    start();

    String component = get("/api/v0/web/components/loki.write.loki");

    assertThat(component)
        .startsWith("200 ")
        .contains("\"state\":\"healthy\"", "\"name\":\"loki.write\"", "(secret)")
        .doesNotContain("planted-secret");
    assertThat(get("/api/v0/web/components/loki.write.absent")).startsWith("404");
  }

  @Test
  void refusesHostsThatAreNotItsOwn() throws Exception {
    Agent running = start();
    try (var socket = new java.net.Socket("127.0.0.1", running.address().getPort())) {
      socket
          .getOutputStream()
          .write("GET /metrics HTTP/1.1\r\nHost: evil.example\r\n\r\n".getBytes(US_ASCII));
      byte[] head = socket.getInputStream().readNBytes(12);

      assertThat(new String(head, US_ASCII)).isEqualTo("HTTP/1.1 403");
    }
  }

  @Test
  void refusesToStartOnAnAddressThatIsTaken() throws Exception {
    Agent first = start();
    var second = new Agent(options(first.address()));

    assertThatThrownBy(second::start)
        .isInstanceOf(DiagnosticsException.class)
        .hasMessageContaining("cannot listen on");
  }

  @Test
  void listensWhereTheServerBlockSays() throws Exception {
    int port = freePort();
    Files.writeString(file, listenAt(port));
    agent = new Agent(options(null));
    agent.start();

    assertThat(agent.address().getPort()).isEqualTo(port);
    assertThat(get("/-/ready")).startsWith("200");
  }

  @Test
  void answersTheReloadThatMovesItToAnotherPort() throws Exception {
    Files.writeString(file, listenAt(freePort()));
    agent = new Agent(options(null));
    agent.start();
    URI reload = uri(agent, "/-/reload");
    int elsewhere = freePort();
    Files.writeString(file, listenAt(elsewhere));

    String answer =
        send(
            HttpRequest.newBuilder(reload)
                .timeout(Duration.ofSeconds(30))
                .POST(HttpRequest.BodyPublishers.noBody())
                .build());

    assertThat(answer).isEqualTo("200 config reloaded\n");
    assertThat(agent.address().getPort()).isEqualTo(elsewhere);
    assertThat(get("/-/ready")).startsWith("200");
  }

  @Test
  void listensNoMoreOnceStopped() throws Exception {
    Agent running = start();
    URI ready = uri(running, "/-/ready");
    running.stop();

    assertThatThrownBy(
            () -> client.send(HttpRequest.newBuilder(ready).build(), BodyHandlers.ofString()))
        .isInstanceOf(ConnectException.class);
  }

  private static String listenAt(int port) {
    return "server {\n http {\n listen_address = \"127.0.0.1\"\n listen_port = " + port + "\n}\n}";
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private Agent start() throws Exception {
    var started = new Agent(options(new InetSocketAddress("127.0.0.1", 0)));
    agent = started;
    started.start();
    return started;
  }

  private AgentOptions options(@Nullable InetSocketAddress listen) {
    return new AgentOptions(
        file,
        listen,
        null,
        directory.resolve("data"),
        Stability.GENERALLY_AVAILABLE,
        "0.1.0",
        Duration.ofSeconds(1));
  }

  private String get(String path) throws Exception {
    return send(HttpRequest.newBuilder(uri(running(), path)).build());
  }

  private String post(String path) throws Exception {
    return send(
        HttpRequest.newBuilder(uri(running(), path))
            .POST(HttpRequest.BodyPublishers.noBody())
            .build());
  }

  private String send(HttpRequest request) throws Exception {
    HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
    return response.statusCode() + " " + response.body();
  }

  private Agent running() {
    if (agent == null) {
      throw new IllegalStateException("not started");
    }
    return agent;
  }

  private static URI uri(Agent agent, String path) {
    return URI.create("http://127.0.0.1:" + agent.address().getPort() + path);
  }
}
