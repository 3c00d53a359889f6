package dev.weir.agent.httpclient;

import static dev.weir.agent.httpclient.Clients.client;
import static dev.weir.agent.httpclient.Clients.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.agent.testkit.RiverArguments;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProxyTest {
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi";

  @Test
  void asksAProxyForTheWholeUri() throws Exception {
    try (var proxy = RawServer.answering(OK);
        var client = client("proxy_url = \"http://u:p@127.0.0.1:" + proxy.port() + "\"")) {
      assertThat(get(client, "http://loki.example:3100/ready").text()).isEqualTo("hi");
      assertThat(proxy.requests().getFirst())
          .startsWith("GET http://loki.example:3100/ready HTTP/1.1\r\nHost: loki.example:3100\r\n")
          .contains("Proxy-Authorization: Basic dTpw\r\n");
    }
  }

  @Test
  void asksAProxyForATunnelToASecureServer() throws Exception {
    try (var proxy = RawServer.answering("HTTP/1.1 403 No\r\nContent-Length: 0\r\n\r\n");
        var client =
            client(
                "proxy_url = \"" + proxy.url() + "\"",
                "proxy_connect_header = { \"X-Key\" = [\"k\"] }")) {
      assertThatThrownBy(() -> get(client, "https://loki.example/ready"))
          .hasMessage("the proxy answered with status 403");
      assertThat(proxy.requests().getFirst())
          .isEqualTo(
              "CONNECT loki.example:443 HTTP/1.1\r\nHost: loki.example:443\r\nX-Key: k\r\n\r\n");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          http://a.example/       | *               | false
          http://a.example/       | example         | false
          http://a.example/       | .example        | false
          http://example/         | .example        | true
          http://example/         | example:8080    | true
          http://example:8080/    | example:8080    | false
          http://notexample/      | example         | true
          http://10.1.2.3/        | 10.0.0.0/8      | false
          http://11.1.2.3/        | 10.0.0.0/8      | true
          http://10.1.2.3/        | 10.1.2.3        | false
          http://[fd00::1]/       | fd00::/8        | false
          http://a.example/       | b.example,a.example | false
          http://localhost:3100/  | x               | false
          http://127.0.0.1/       | x               | false
          http://a.example/       | x               | true
          """)
  void knowsWhatNeedsNoProxy(String url, String noProxy, boolean proxied) throws Exception {
    var arguments =
        RiverArguments.decode(
            HttpClientArguments.class,
            "proxy_url = \"http://proxy:1\"\nno_proxy = \"" + noProxy + "\"");
    var settings = ProxySettings.of(arguments, Map.of());
    assertThat(settings.proxyFor(URI.create(url)) != null).isEqualTo(proxied);
  }

  @Test
  void takesProxiesFromTheEnvironment() throws Exception {
    var arguments =
        RiverArguments.decode(HttpClientArguments.class, "proxy_from_environment = true");
    var environment =
        Map.of("HTTP_PROXY", "plain:1", "https_proxy", "http://secure:2", "NO_PROXY", "no.example");
    var settings = ProxySettings.of(arguments, environment);
    assertThat(settings.proxyFor(URI.create("http://a/"))).hasToString("http://plain:1");
    assertThat(settings.proxyFor(URI.create("https://a/"))).hasToString("http://secure:2");
    assertThat(settings.proxyFor(URI.create("https://no.example/"))).isNull();
  }
}
