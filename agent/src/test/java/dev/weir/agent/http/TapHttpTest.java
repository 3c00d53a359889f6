package dev.weir.agent.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.agent.Agent;
import dev.weir.agent.AgentOptions;
import dev.weir.agent.component.Stability;
import dev.weir.agent.runtime.TapAccess;
import dev.weir.agent.tap.Taps;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A tap of a real agent that follows a file, as a client sees it.
class TapHttpTest {
  private static final String PROCESS = "/api/v0/tap/loki.process.default";

  @TempDir private Path directory;
  private @Nullable Agent agent;
  private final List<AutoCloseable> open = new ArrayList<>();

  @AfterEach
  void stop() throws Exception {
    for (AutoCloseable each : open) {
      each.close();
    }
    if (agent != null) {
      agent.stop();
    }
  }

  @Test
  void showsWhatPassesWithItsLabels() throws Exception {
    start(null);
    Client client = tap(PROCESS);
    append("hello \"you\"");

    assertThat(client.next())
        .startsWith("{\"timestamp\":\"")
        .contains("\"job\":\"test\"", "\"stage\":\"two\"")
        .endsWith("\"line\":\"hello \\\"you\\\"\"}");
  }

  @Test
  void showsAsManyOfThoseAskedForAsAskedFor() throws Exception {
    start(null);
    String selector = URLEncoder.encode("{job=\"test\"} |~ \"wanted [12]\"", UTF_8);
    Client client = tap(PROCESS + "?limit=2&selector=" + selector);
    append("not this", "wanted 1", "nor this", "wanted 2", "wanted 1 again");

    assertThat(client.next()).contains("wanted 1");
    assertThat(client.next()).contains("wanted 2");
    assertThat(client.next()).isEqualTo("{\"end\":\"as many lines as asked for\"}");
    assertThat(client.next()).isEqualTo("(end of stream)");
  }

  @Test
  void saysWhatCanBeTapped() throws Exception {
    start(null);

    assertThat(get("/api/v0/tap"))
        .isEqualTo("200 [\"loki.process.default\",\"loki.source.file.logs\"]");
    assertThat(get("/api/v0/tap/loki.process.absent"))
        .isEqualTo(
            "404 there is no component \"loki.process.absent\"; these can be tapped:"
                + " loki.process.default, loki.source.file.logs");
    assertThat(get("/api/v0/tap/loki.echo.sink"))
        .startsWith("409 component \"loki.echo.sink\" passes no lines on");
    assertThat(get(PROCESS + "?limit=many"))
        .isEqualTo("400 limit must be a number of lines, got many");
    assertThat(get(PROCESS + "?selector=%7Bjob")).startsWith("400 invalid selector {job");
  }

  @Test
  void goesOnOverAReload() throws Exception {
    Agent running = start(null);
    Client client = tap(PROCESS);
    append("before");
    assertThat(client.next()).contains("\"line\":\"before\"");

    write("three", "loki.echo.sink.receiver");
    running.reload();
    append("after");

    assertThat(client.next()).contains("\"line\":\"after\"", "\"stage\":\"three\"");
  }

  @Test
  void endsWhenTheComponentLeavesTheConfiguration() throws Exception {
    Agent running = start(null);
    Client client = tap(PROCESS);
    Files.writeString(configuration(), "loki.echo \"sink\" { }\n");
    running.reload();

    assertThat(client.next())
        .isEqualTo(
            "{\"end\":\"loki.process.default was stopped: it left the configuration, or the agent"
                + " stops\"}");
    assertThat(get(PROCESS)).startsWith("404 ");
  }

  @Test
  void endsWithTheAgent() throws Exception {
    Agent running = start(null);
    Client client = tap(PROCESS);
    append("last");
    assertThat(client.next()).contains("last");
    running.stop();

    assertThat(client.next()).startsWith("{\"end\":\"loki.process.default was stopped");
    assertThat(client.next()).isEqualTo("(end of stream)");
  }

  @Test
  void isRefusedWhereItIsSwitchedOff() throws Exception {
    start(TapAccess.OFF);

    assertThat(get("/api/v0/tap")).isEqualTo("403 tapping is switched off");
    assertThat(get(PROCESS)).isEqualTo("403 tapping is switched off");
  }

  @Test
  void endsWhenAReloadSwitchesItOff() throws Exception {
    Agent running = start(null);
    Client client = tap(PROCESS);
    Files.writeString(
        configuration(), "\nserver {\n http {\n tap = \"off\"\n}\n}\n", StandardOpenOption.APPEND);
    running.reload();

    assertThat(client.next()).isEqualTo("{\"end\":\"tapping was switched off\"}");
    assertThat(get(PROCESS)).isEqualTo("403 tapping is switched off");
  }

  @Test
  void answersOnlyUnderAHostOfItsOwn() throws Exception {
    Agent running = start(null, "0.0.0.0");
    try (var socket = new Socket("127.0.0.1", running.address().getPort())) {
      socket
          .getOutputStream()
          .write(("GET " + PROCESS + " HTTP/1.1\r\nHost: evil.example\r\n\r\n").getBytes(US_ASCII));
      byte[] head = socket.getInputStream().readNBytes(12);

      assertThat(new String(head, US_ASCII)).isEqualTo("HTTP/1.1 403");
    }
  }

  @Test
  void refusesOneTooMany() throws Exception {
    start(null);
    for (int i = 0; i < Taps.MOST; i++) {
      tap(PROCESS);
    }

    assertThat(get(PROCESS)).startsWith("429 there are 8 taps already");
    open.removeFirst().close();
    await().until(() -> !refused());
  }

  /// Looks at the status alone: the line may have passed before a tap was open.
  private boolean refused() throws IOException {
    append("so that it is noticed that the client has gone");
    HttpURLConnection connection = connect(PROCESS);
    try {
      return connection.getResponseCode() == 429;
    } finally {
      connection.disconnect();
    }
  }

  private Agent start(@Nullable TapAccess access) throws Exception {
    return start(access, "127.0.0.1");
  }

  private Agent start(@Nullable TapAccess access, String host) throws Exception {
    write("two", "loki.echo.sink.receiver");
    Files.createFile(log());
    var started =
        new Agent(
            new AgentOptions(
                configuration(),
                new InetSocketAddress(host, 0),
                null,
                directory.resolve("data"),
                Stability.GENERALLY_AVAILABLE,
                "0.1.0",
                Duration.ofSeconds(1),
                access,
                null));
    agent = started;
    started.start();
    return started;
  }

  private void write(String stage, String receiver) throws IOException {
    Files.writeString(
        configuration(),
        """
        loki.source.file "logs" {
          targets    = [{__path__ = "%s", job = "test"}]
          forward_to = [loki.process.default.receiver]
        }
        loki.process "default" {
          stage.static_labels {
            values = {stage = "%s"}
          }
          forward_to = [%s]
        }
        loki.echo "sink" { }
        """
            .formatted(log(), stage, receiver));
  }

  private Path configuration() {
    return directory.resolve("config.river");
  }

  private Path log() {
    return directory.resolve("a.log");
  }

  private void append(String... lines) throws IOException {
    Files.write(log(), List.of(lines), StandardOpenOption.APPEND);
  }

  private Client tap(String path) throws IOException {
    var client = new Client(connect(path));
    open.add(client);
    return client;
  }

  private String get(String path) throws IOException {
    HttpURLConnection connection = connect(path);
    int status = connection.getResponseCode();
    try (var in = status == 200 ? connection.getInputStream() : connection.getErrorStream()) {
      return status + " " + new String(in.readAllBytes(), UTF_8).strip();
    }
  }

  private HttpURLConnection connect(String path) throws IOException {
    if (agent == null) {
      throw new IllegalStateException("not started");
    }
    var uri = URI.create("http://127.0.0.1:" + agent.address().getPort() + path);
    return (HttpURLConnection) uri.toURL().openConnection();
  }

  /// One that has been answered: its tap is open.
  private record Client(HttpURLConnection connection, BufferedReader in) implements AutoCloseable {
    Client(HttpURLConnection connection) throws IOException {
      this(
          connection,
          new BufferedReader(new InputStreamReader(connection.getInputStream(), UTF_8)));
      in.readLine();
    }

    /// The next line that says something.
    String next() throws IOException {
      String line = in.readLine();
      while (line != null && line.isEmpty()) {
        line = in.readLine();
      }
      return line == null ? "(end of stream)" : line;
    }

    @Override
    public void close() {
      connection.disconnect();
    }
  }
}
