package dev.weir.agent.httpclient;

import static dev.weir.agent.httpclient.Clients.client;
import static dev.weir.agent.httpclient.Clients.get;
import static dev.weir.agent.httpclient.Clients.post;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpClientTest {
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi";

  @Test
  void sendsRequestsOverOneConnection() throws Exception {
    try (var server = RawServer.answering(OK);
        var client = client()) {
      assertThat(post(client, server.url() + "a?b=c", "body").text()).isEqualTo("hi");
      assertThat(get(client, server.url()).status()).isEqualTo(200);

      assertThat(server.connections()).isEqualTo(1);
      assertThat(server.requests().getFirst())
          .isEqualTo(
              "POST /a?b=c HTTP/1.1\r\nHost: 127.0.0.1:"
                  + server.port()
                  + "\r\nUser-Agent: Weir/test\r\nContent-Length: 4\r\n\r\nbody");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nh\r\n1;x=y\r\ni\r\n0\r\n\r\n",
        "HTTP/1.1 100 Continue\r\n\r\n" + OK,
        "HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n" + OK,
        "HTTP/1.1 200\r\ncontent-length:2\r\n\r\nhi",
        "HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 2\r\n\r\nhi",
        "HTTP/1.1 200 OK\nContent-Length: 2\n\nhi",
      })
  void readsEveryFormOfAnswer(String answer) throws Exception {
    try (var server = RawServer.answering(answer);
        var client = client()) {
      assertThat(post(client, server.url(), "x").text()).isEqualTo("hi");
      assertThat(post(client, server.url(), "x").text()).isEqualTo("hi");
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  @Test
  void readsABodyThatEndsWithTheConnection() throws Exception {
    try (var server =
            new RawServer((self, socket) -> {
              self.request(socket);
              RawServer.write(socket, "HTTP/1.0 500 Oh\r\n\r\nhi");
            });
        var client = client()) {
      assertThat(post(client, server.url(), "x").text()).isEqualTo("hi");
      assertThat(post(client, server.url(), "x").text()).isEqualTo("hi");
      assertThat(server.connections()).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SSH-2.0-OpenSSH\r\n",
        "HTTP/1.1 abc\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-5\r\n",
        "HTTP/1.1 200 OK\r\nX: \u0001\r\n\r\n",
      })
  void refusesWhatIsNotHttp(String answer) throws Exception {
    try (var server = RawServer.answering(answer);
        var client = client()) {
      assertThatThrownBy(() -> post(client, server.url(), "x")).isInstanceOf(IOException.class);
    }
  }

  @Test
  void refusesEndlessHeaders() throws Exception {
    try (var server = RawServer.answering("HTTP/1.1 200 OK\r\nX: " + "y".repeat(1 << 20));
        var client = client()) {
      assertThatThrownBy(() -> post(client, server.url(), "x")).isInstanceOf(IOException.class);
    }
  }

  @Test
  void keepsOnlyTheStartOfALongBody() throws Exception {
    String body = "e".repeat(1 << 20);
    String answer = "HTTP/1.1 500 Oh\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
    try (var server = RawServer.answering(answer);
        var client = client()) {
      assertThat(post(client, server.url(), "x").body()).hasSize(1024);
      assertThat(post(client, server.url(), "x").body()).hasSize(1024);
    }
  }

  @Test
  void triesAgainWhenAnIdleConnectionHasBeenClosed() throws Exception {
    try (var server =
            new RawServer((self, socket) -> {
              self.request(socket);
              RawServer.write(socket, OK);
            });
        var client = client()) {
      for (int i = 0; i < 3; i++) {
        assertThat(post(client, server.url(), "x").text()).isEqualTo("hi");
      }
      assertThat(server.connections()).isEqualTo(3);
    }
  }

  @Test
  void givesUpOnAServerThatSendsByteByByte() throws Exception {
    var stop = new CountDownLatch(1);
    try (var server =
            new RawServer((self, socket) -> {
              self.request(socket);
              trickle(socket, stop);
            });
        var client = client()) {
      var request = HttpRequest.get(URI.create(server.url()), List.of());
      assertThatThrownBy(() -> client.send(request, Duration.ofMillis(200), 1024))
          .isInstanceOf(SocketTimeoutException.class);
      stop.countDown();
    }
  }

  private static void trickle(Socket socket, CountDownLatch stop) throws IOException {
    RawServer.write(socket, "HTTP/1.1 200 OK\r\nX: ");
    try {
      while (!stop.await(10, java.util.concurrent.TimeUnit.MILLISECONDS)) {
        RawServer.write(socket, "y");
      }
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  @Test
  void endsARequestToAServerThatDoesNotRead() throws Exception {
    var stop = new CompletableFuture<Boolean>();
    try (var server = new RawServer((self, socket) -> stop.join());
        var client = client()) {
      var request = HttpRequest.post(URI.create(server.url()), List.of(), new byte[64 << 20]);
      var sent = CompletableFuture.supplyAsync(() -> failure(client, request));
      await()
          .until(() -> {
            client.abortOverdue();
            return sent.isDone();
          });
      assertThat(sent.get()).isInstanceOf(IOException.class);
      stop.complete(true);
    }
  }

  private static Throwable failure(HttpClient client, HttpRequest request) {
    try {
      client.send(request, Duration.ofMillis(100), 1024);
      return new AssertionError("sent");
    } catch (IOException e) {
      return e;
    }
  }

  @Test
  void readsTheAnswerOfAServerThatDoesNotWaitForTheBody() throws Exception {
    try (var server =
            new RawServer((self, socket) -> {
              RawServer.write(socket, "HTTP/1.1 413 Too large\r\nContent-Length: 0\r\n\r\n");
              socket.shutdownOutput();
              socket.getInputStream().transferTo(java.io.OutputStream.nullOutputStream());
            });
        var client = client()) {
      assertThat(post(client, server.url(), "x".repeat(5 << 20)).status()).isEqualTo(413);
    }
  }

  @Test
  void followsRedirectsThatKeepTheMethod() throws Exception {
    try (var target = RawServer.answering(OK);
        var server =
            RawServer.answering(
                "HTTP/1.1 308 There\r\nContent-Length: 0\r\nLocation: "
                    + target.url()
                    + "x\r\n\r\n");
        var client = client("bearer_token = \"hush\"")) {
      assertThat(post(client, server.url(), "body").status()).isEqualTo(200);

      assertThat(server.requests().getFirst()).contains("Authorization: Bearer hush\r\n");
      assertThat(target.requests().getFirst())
          .startsWith("POST /x HTTP/1.1\r\n")
          .endsWith("\r\n\r\nbody")
          .doesNotContain("hush");
    }
  }

  @Test
  void doesNotTakeTheAnswerOfAnotherMethodForThatOfAPost() throws Exception {
    try (var server =
            RawServer.answering(
                "HTTP/1.1 302 There\r\nContent-Length: 0\r\nLocation: /login\r\n\r\n");
        var client = client()) {
      assertThat(post(client, server.url(), "body").status()).isEqualTo(302);
    }
  }

  @Test
  void endsEndlessRedirects() throws Exception {
    try (var server =
            RawServer.answering("HTTP/1.1 307 There\r\nContent-Length: 0\r\nLocation: /\r\n\r\n");
        var client = client()) {
      assertThatThrownBy(() -> post(client, server.url(), "x")).hasMessageContaining("redirects");
    }
  }

  @Test
  void sendsUserAndPassword() throws Exception {
    try (var server = RawServer.answering(OK);
        var client = client("basic_auth {\n username = \"u\"\n password = \"p\"\n}")) {
      get(client, server.url());
      assertThat(server.requests().getFirst()).contains("Authorization: Basic dTpw\r\n");
    }
  }

  @Test
  void sendsUserAndPasswordOfTheUrl() throws Exception {
    try (var server = RawServer.answering(OK);
        var client = client()) {
      get(client, "http://u:p@127.0.0.1:" + server.port() + "/");
      assertThat(server.requests().getFirst())
          .contains("Authorization: Basic dTpw\r\n")
          .contains("Host: 127.0.0.1:" + server.port() + "\r\n");
    }
  }

  @Test
  void readsATokenAgainWhenItsFileHasChanged(@TempDir Path directory) throws Exception {
    Path file = Files.writeString(directory.resolve("token"), "first\n");
    try (var server = RawServer.answering(OK);
        var client = client("bearer_token_file = \"" + file + "\"")) {
      get(client, server.url());
      Files.writeString(file, "second one\n");
      get(client, server.url());

      assertThat(server.requests().get(0)).contains("Authorization: Bearer first\r\n");
      assertThat(server.requests().get(1)).contains("Authorization: Bearer second one\r\n");
    }
  }

  @Test
  void sendsHeadersOfTheConfiguration() throws Exception {
    try (var server = RawServer.answering(OK);
        var client = client("http_headers = { \"X-Key\" = [\"a\", \"b\"] }")) {
      get(client, server.url());
      assertThat(server.requests().getFirst()).contains("X-Key: a\r\nX-Key: b\r\n");
    }
  }

  @Test
  void endsARequestWhenClosed() throws Exception {
    var stop = new CompletableFuture<Boolean>();
    try (var server =
        new RawServer((self, socket) -> {
          self.request(socket);
          stop.join();
        })) {
      HttpClient client = client();
      var asked = CompletableFuture.supplyAsync(() -> getUnchecked(client, server.url()));
      await().until(() -> !server.requests().isEmpty());

      client.close();

      assertThatThrownBy(asked::get).isInstanceOf(ExecutionException.class);
      stop.complete(true);
    }
  }

  private static HttpResponse getUnchecked(HttpClient client, String url) {
    try {
      return get(client, url);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
