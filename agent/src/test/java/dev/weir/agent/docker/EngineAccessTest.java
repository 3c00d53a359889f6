package dev.weir.agent.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.dockerjava.transport.DockerHttpClient;
import com.sun.net.httpserver.HttpServer;
import dev.weir.agent.httpclient.HttpClientArguments;
import dev.weir.agent.loki.Receiver;
import dev.weir.agent.testkit.RiverArguments;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/// How an Engine is reached, and what of it cannot be.
class EngineAccessTest {
  private static final Receiver NOBODY = batch -> {};

  @Test
  void sendsTheCredentialsOfTheConfigurationToHttpHosts() throws Exception {
    List<String> seen = new CopyOnWriteArrayList<>();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          seen.add(
              exchange.getRequestMethod()
                  + " "
                  + exchange.getRequestURI()
                  + " "
                  + exchange.getRequestHeaders().getFirst("Authorization")
                  + " "
                  + exchange.getRequestHeaders().getFirst("X-Extra"));
          byte[] body = "{\"Version\":\"1\",\"ApiVersion\":\"2\"}".getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    try {
      String host = "http://127.0.0.1:" + server.getAddress().getPort() + "/docker/";
      String client =
          """
          http_headers = {"X-Extra" = ["yes"]}
          basic_auth {
            username = "me"
            password = "secret"
          }
          """;

      assertThat(Engine.at(host, arguments(client)).version().version()).isEqualTo("1");
      assertThat(seen).containsExactly("GET /docker/version Basic bWU6c2VjcmV0 yes");
    } finally {
      server.stop(0);
    }
  }

  @Test
  void refusesProxiesAndHostsOfOtherKinds() {
    assertThatThrownBy(
            () -> Engine.at("http://docker:2375", arguments("proxy_url = \"http://proxy\"")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("proxy");
    assertThatThrownBy(() -> Engine.at("npipe:////./pipe/docker_engine", null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("unable to parse docker host");
    assertThatThrownBy(() -> Engine.at("unix://", null))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesEveryRequestButTheFewThatLook() {
    var transport = new EngineTransport(EngineHost.parse("unix:///nowhere/docker.sock"), null);

    for (String path :
        List.of(
            "/containers/a/start",
            "/containers/a/archive?path=/",
            "/containers/a/json/../start",
            "/containers/../images/json",
            "/images/json",
            "/v1.41/exec/a/json",
            "/containers/json HTTP/1.1\r\nX: y")) {
      assertThatThrownBy(() -> transport.execute(request("GET", path)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("refused");
    }
    assertThatThrownBy(() -> transport.execute(request("POST", "/containers/json")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("refused");
  }

  private static DockerHttpClient.Request request(String method, String path) {
    return DockerHttpClient.Request.builder().method(method).path(path).build();
  }

  private static HttpClientArguments arguments(String body) {
    return RiverArguments.decode(body, HttpClientArguments.class, NOBODY);
  }
}
