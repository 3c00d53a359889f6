package dev.weir.agent.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.agent.sandbox.LokiClient.Push;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The server's HTTP, spoken byte by byte.
class HttpConnectionTest {
  private static final Instant NOW = Instant.parse("2026-08-22T10:00:00Z");

  private Sandbox sandbox;
  private Socket socket;

  @BeforeEach
  void start() throws IOException {
    sandbox = Sandbox.start(SandboxOptions.loopback().withClock(() -> NOW));
    socket = new Socket(InetAddress.getLoopbackAddress(), sandbox.port());
  }

  @AfterEach
  void stop() throws IOException {
    socket.close();
    sandbox.close();
  }

  private void send(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    socket.getOutputStream().flush();
  }

  /// Reads up to and with the given text.
  private String until(String end) throws IOException {
    InputStream in = socket.getInputStream();
    var text = new StringBuilder();
    while (text.indexOf(end) < 0) {
      int c = in.read();
      if (c < 0) {
        return text + "<end>";
      }
      text.append((char) c);
    }
    return text.toString();
  }

  @Test
  void servesOneRequestAfterTheOther() throws IOException {
    send("GET /ready HTTP/1.1\r\nHost: x\r\n\r\nGET /ready HTTP/1.1\r\nHost: x\r\n\r\n");

    assertThat(until("ready\n")).startsWith("HTTP/1.1 200 OK\r\n");
    assertThat(until("ready\n")).startsWith("HTTP/1.1 200 OK\r\n");
  }

  @Test
  void endsTheConnectionOfAnOldClient() throws IOException {
    send("GET /ready HTTP/1.0\r\n\r\n");

    assertThat(until("never")).contains("Connection: close").endsWith("ready\n<end>");
  }

  @Test
  void readsABodyInChunks() throws Exception {
    byte[] body = Push.stream("{a=\"b\"}").entry(QueryTimes.nanos(NOW), "x").body();

    send(
        "POST /loki/api/v1/push HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-protobuf\r\n"
            + "Transfer-Encoding: chunked\r\n\r\n");
    send("5;name=value\r\n");
    socket.getOutputStream().write(body, 0, 5);
    send("\r\n" + Integer.toHexString(body.length - 5) + "\r\n");
    socket.getOutputStream().write(body, 5, body.length - 5);
    send("\r\n0\r\nTrailer: x\r\n\r\n");

    assertThat(until("\r\n\r\n")).startsWith("HTTP/1.1 204 ");
    assertThat(sandbox.lines("{a=\"b\"}")).containsExactly("x");
  }

  @Test
  void invitesABodyThatWaits() throws Exception {
    byte[] body = Push.stream("{a=\"b\"}").entry(QueryTimes.nanos(NOW), "x").body();

    send(
        "POST /loki/api/v1/push HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\n"
            + "Content-Type: application/x-protobuf\r\nContent-Length: "
            + body.length
            + "\r\n\r\n");
    assertThat(until("\r\n\r\n")).isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
    socket.getOutputStream().write(body);

    assertThat(until("\r\n\r\n")).startsWith("HTTP/1.1 204 ");
  }

  @Test
  void refusesABodyTooLargeBeforeReadingIt() throws IOException {
    send("POST /loki/api/v1/push HTTP/1.1\r\nHost: x\r\nContent-Length: 999999999999\r\n\r\n");

    assertThat(until("\n<end>")).startsWith("HTTP/1.1 413 ").contains("request body too large");
  }

  @Test
  void refusesWhatIsNotHttp() throws IOException {
    send("hello\r\n\r\n");

    assertThat(until("never")).startsWith("HTTP/1.1 400 ");
  }

  @Test
  void refusesABrokenPath() throws IOException {
    send("GET /%zz HTTP/1.1\r\nHost: x\r\n\r\n");

    assertThat(until("escape\n")).startsWith("HTTP/1.1 400 ");
  }

  @Test
  void givesUpOnAHeadWithoutEnd() throws IOException {
    send("GET /ready HTTP/1.1\r\nX: " + "x".repeat(100_000));

    assertThat(until("never")).doesNotContain("200");
  }
}
