package dev.weir.agent.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.weir.agent.Agent;
import dev.weir.agent.AgentOptions;
import dev.weir.agent.component.Stability;
import dev.weir.agent.logging.LogLevel;
import dev.weir.agent.logging.Logging;
import dev.weir.agent.river.DiagnosticPrinter;
import dev.weir.agent.river.DiagnosticsException;
import java.io.ByteArrayOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Secrets in every place that takes one, and an agent that tells all it can: none of them shows,
/// as it is or in Base64. Peers have leaked proxies' credentials and keys in headers to debug logs.
class SecretsStayInsideTest {
  /// Nobody listens there, so that every component has something to complain of.
  private static final String NOWHERE = "127.0.0.1:1";

  private static final String EVERYWHERE =
      """
      logging {
        level = "debug"
      }
      local.file "token" {
        filename  = "$/token"
        is_secret = true
      }
      remote.http "config" {
        url            = "http://me:planted-in-remote-url@SERVED/config"
        is_secret      = true
        poll_frequency = "1s"
        poll_timeout   = "500ms"
        headers        = { "X-Api-Key" = "planted-in-remote-header" }
        client {
          basic_auth {
            username = "me"
            password = "planted-in-remote-basic"
          }
        }
      }
      loki.write "all" {
        endpoint {
          name = "basic"
          url  = "http://me:planted-in-write-url@NOWHERE/loki/api/v1/push?key=value"
          headers = { "X-Api-Key" = "planted-in-write-header" }
        }
        endpoint {
          name = "file"
          url  = "http://NOWHERE/loki/api/v1/push"
          basic_auth {
            username = "me"
            password = local.file.token.content
          }
        }
        endpoint {
          name         = "bearer"
          url          = "http://NOWHERE/loki/api/v1/push"
          bearer_token = "planted-in-bearer"
          proxy_url    = "http://me:planted-in-proxy@NOWHERE"
          http_headers = { "X-Secret" = ["planted-in-http-header"] }
          proxy_connect_header = { "X-Secret" = ["planted-in-connect-header"] }
        }
        endpoint {
          name = "authorization"
          url  = "http://NOWHERE/loki/api/v1/push"
          authorization {
            type        = "Token"
            credentials = "planted-in-credentials"
          }
        }
        endpoint {
          name = "oauth"
          url  = "http://NOWHERE/loki/api/v1/push"
          oauth2 {
            client_id       = "me"
            client_secret   = "planted-in-oauth"
            token_url       = "http://me:planted-in-token-url@NOWHERE/token"
            endpoint_params = { "assertion" = "value" }
          }
        }
      }
      loki.source.file "lines" {
        targets    = [{ __path__ = "$/a.log" }]
        forward_to = [loki.write.all.receiver]
      }
      loki.source.kafka "topics" {
        brokers    = ["NOWHERE"]
        topics     = ["logs"]
        forward_to = [loki.write.all.receiver]
        authentication {
          type = "sasl"
          sasl_config {
            mechanism = "PLAIN"
            user      = "me"
            password  = "planted-in-kafka"
          }
        }
      }
      loki.source.docker "containers" {
        host       = "http://NOWHERE"
        targets    = []
        forward_to = [loki.write.all.receiver]
        http_client_config {
          basic_auth {
            username = "me"
            password = "planted-in-docker"
          }
        }
      }
      discovery.kubernetes "pods" {
        role         = "pod"
        api_server   = "http://NOWHERE"
        bearer_token = "planted-in-kubernetes"
      }
      """;

  private static final Duration LONG = Duration.ofSeconds(60);

  @TempDir private Path directory;
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();
  private final LogLevel before = Logging.level();
  private final HttpClient client = HttpClient.newHttpClient();
  private Path file = Path.of("");
  private InetSocketAddress serving = new InetSocketAddress("127.0.0.1", 1);

  @BeforeEach
  void listenToTheLog() throws IOException {
    Logging.output(log);
    Logging.level(LogLevel.DEBUG);
    file = directory.resolve("config.river");
    Files.writeString(directory.resolve("token"), "planted-in-a-file");
    Files.writeString(directory.resolve("a.log"), "one\n");
  }

  @AfterEach
  void giveTheLogBack() {
    Logging.output(new FileOutputStream(FileDescriptor.err));
    Logging.level(before);
    client.close();
  }

  @Test
  void showsNoneWhereAnAgentTellsOfItself() throws Exception {
    HttpServer served = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    served.createContext("/config", SecretsStayInsideTest::serve);
    served.start();
    serving = served.getAddress();
    write(EVERYWHERE);
    var agent = new Agent(options());
    agent.start();
    served.stop(0);
    try {
      await()
          .atMost(LONG)
          .untilAsserted(() ->
              assertThat(text())
                  .contains("loki.write.all", "discovery.kubernetes", "remote.http.config"));
      // Until every endpoint has failed at least once.
      await()
          .atMost(LONG)
          .untilAsserted(() ->
              assertThat(get(agent, "/metrics"))
                  .containsPattern("loki_write_batch_retries_total\\{[^}]*\\} [1-9]"));
      String told = everything(agent);
      Files.writeString(file, config(EVERYWHERE) + "loki.write \"more\" {\n endpoint {\n}\n}\n");

      assertThat(told).contains("(secret)");
      assertHidden(told);
      assertHidden(post(agent, "/-/reload"));
    } finally {
      agent.stop();
    }
    assertHidden(text());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"http://me:planted-secret@[bad/\" | ",
        "\"ftp://me:planted-secret@host/\" | ",
        "\"http://h\" | bearer_token = \"planted-secret\"\nbearer_token_file = \"x\"",
        "\"http://h\" | proxy_url = \"http://me:planted-secret@:bad\"",
        "\"http://h\" | bearer_token = [\"planted-secret\"]",
        "\"http://h\" | tls_config {\n cert_pem = \"x\"\n key_pem = \"planted-secret\"\n}",
        "\"http://h\" | basic_auth {\n username = 5\n password = \"planted-secret\"\n absent = 1\n}",
        "local.file.token.content | ",
        "\"http://h\" | tenant_id = local.file.token.content",
        "\"http://h\" | name = string.format(\"%s\", local.file.token.content)",
        "\"http://h\" | headers = { \"a\" = encoding.from_json(local.file.token.content) }",
        "\"http://h\" | remote_timeout = local.file.token.content",
        "encoding.from_json(convert.nonsensitive(local.file.token.content)) | ",
        "\"http://h\" | http_headers = { \"X\\nY\" = [\"planted-secret\"] }",
        "\"http://h\" | http_headers = { \"X\" = [\"planted-secret\\n\"] }"
      })
  void showsNoneInWhatItSaysOfAMistake(String endpoint) throws Exception {
    List<String> parts = List.of(endpoint.split(" \\| ?", -1));
    write(
        "local.file \"token\" {\n filename = \"$/token\"\n is_secret = true\n}\n"
            + "loki.write \"bad\" {\n endpoint {\n url = %s\n %s\n }\n}\n"
                .formatted(parts.get(0), parts.get(1)));
    var agent = new Agent(options());

    Throwable failure = catchThrowable(agent::start);
    agent.stop();

    if (failure != null) {
      assertHidden(failure + String.valueOf(failure.getMessage()));
    }
    if (failure instanceof DiagnosticsException mistakes) {
      // What a failed start prints, with the lines of the file.
      assertHidden(DiagnosticPrinter.print(mistakes.diagnostics(), false));
    }
    assertHidden(text());
  }

  private static void serve(HttpExchange exchange) throws IOException {
    byte[] content = "planted-in-content".getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(200, content.length);
    exchange.getResponseBody().write(content);
    exchange.close();
  }

  private void write(String config) throws IOException {
    Files.writeString(file, config(config));
  }

  private String config(String text) {
    return text.replace("$", directory.toString())
        .replace("NOWHERE", NOWHERE)
        .replace("SERVED", "127.0.0.1:" + serving.getPort());
  }

  private AgentOptions options() {
    return new AgentOptions(
        file,
        new InetSocketAddress("127.0.0.1", 0),
        null,
        directory.resolve("data"),
        Stability.EXPERIMENTAL,
        "0.1.0",
        Duration.ofSeconds(1));
  }

  /// All that the port gives, and the log so far.
  private String everything(Agent agent) throws Exception {
    String components = get(agent, "/api/v0/web/components");
    String each =
        Pattern.compile("\"localID\":\"([^\"]+)\"")
            .matcher(components)
            .results()
            .map(found -> get(agent, "/api/v0/web/components/" + found.group(1)))
            .collect(Collectors.joining("\n"));
    return String.join(
        "\n",
        components,
        each,
        get(agent, "/"),
        get(agent, "/metrics"),
        get(agent, "/-/healthy"),
        get(agent, "/api/v1/version"),
        text());
  }

  private String get(Agent agent, String path) {
    return send(HttpRequest.newBuilder(uri(agent, path)).build());
  }

  private String post(Agent agent, String path) {
    return send(HttpRequest.newBuilder(uri(agent, path)).POST(BodyPublishers.noBody()).build());
  }

  private String send(HttpRequest request) {
    try {
      return client.send(request, BodyHandlers.ofString()).body();
    } catch (IOException e) {
      throw new AssertionError("no answer to " + request, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private static URI uri(Agent agent, String path) {
    return URI.create("http://127.0.0.1:" + agent.address().getPort() + path);
  }

  private String text() {
    return log.toString(StandardCharsets.UTF_8);
  }

  private static void assertHidden(String text) {
    assertThat(text.lines().filter(line -> line.contains("planted"))).isEmpty();
    for (String start : List.of("planted-", "me:planted-", "Token planted-")) {
      // In the middle of Base64 text its bytes can lie in three ways.
      for (int shift = 0; shift < 3; shift++) {
        byte[] shifted = (" ".repeat(shift) + start).getBytes(StandardCharsets.UTF_8);
        String encoded = Base64.getEncoder().encodeToString(shifted);
        assertThat(text)
            .doesNotContain(encoded.substring(shift == 0 ? 0 : 4, encoded.length() - 4));
      }
    }
  }
}
