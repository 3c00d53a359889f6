package dev.weir.agent.httpclient;

import static dev.weir.agent.httpclient.Clients.get;
import static dev.weir.agent.httpclient.Clients.post;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.agent.component.Egress;
import dev.weir.agent.river.DiagnosticsException;
import dev.weir.agent.testkit.RiverArguments;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Connections that lead where they must not.
class EgressGuardTest {
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi";
  private static final List<String> LOOPBACK = List.of("127.0.0.0/8", "::1");

  private static HttpClient guarded(Egress egress, String... river) throws DiagnosticsException {
    return new HttpClient(
        RiverArguments.decode(HttpClientArguments.class, String.join("\n", river)),
        "Weir/test",
        egress);
  }

  private static Egress denying(List<String> ranges) {
    return new Egress(ranges, List.of(), false);
  }

  @Test
  void refusesADeniedAddressBehindANameWithoutConnecting() throws Exception {
    try (var server = RawServer.answering(OK);
        var client = guarded(denying(LOOPBACK))) {
      String url = "http://localhost:" + server.port() + "/";

      assertThatThrownBy(() -> post(client, url, "x"))
          .isInstanceOf(EgressException.class)
          .hasMessageContaining("is in the denied range");
      assertThat(server.connections()).isZero();
    }
  }

  @Test
  void refusesALiteralAddressInEveryNotation() throws Exception {
    try (var server = RawServer.answering(OK);
        var client = guarded(denying(LOOPBACK))) {
      for (String host :
          List.of("127.0.0.1", "127.1.2.3", "[::1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]")) {
        String url = "http://" + host + ":" + server.port() + "/";

        assertThatThrownBy(() -> get(client, url)).isInstanceOf(EgressException.class);
      }
      assertThat(server.connections()).isZero();
    }
  }

  @Test
  void reachesWhatIsNotDenied() throws Exception {
    var egress = new Egress(List.of("10.0.0.0/8"), List.of("127.0.0.*"), false);
    try (var server = RawServer.answering(OK);
        var client = guarded(egress)) {
      assertThat(get(client, server.url()).text()).isEqualTo("hi");
    }
  }

  @Test
  void refusesHostsThatAreNotListedBeforeLookingThemUp() throws Exception {
    var egress = new Egress(List.of(), List.of("*.example.com"), false);
    try (var client = guarded(egress)) {
      assertThatThrownBy(() -> get(client, "http://no-such-host.invalid/"))
          .isInstanceOf(EgressException.class)
          .hasMessageContaining("not in the list of allowed hosts");
    }
  }

  @Test
  void refusesPlainHttpWhereTlsIsRequired() throws Exception {
    var egress = new Egress(List.of(), List.of(), true);
    try (var server = RawServer.answering(OK);
        var client = guarded(egress)) {
      assertThatThrownBy(() -> get(client, server.url())).hasMessageContaining("only https");
      assertThat(server.connections()).isZero();
    }
  }

  @Test
  void refusesRedirectsToOtherServers() throws Exception {
    try (var target = RawServer.answering(OK);
        var server =
            RawServer.answering(
                "HTTP/1.1 307 X\r\nContent-Length: 0\r\nLocation: " + target.url() + "\r\n\r\n");
        var client = guarded(denying(List.of("10.0.0.0/8")))) {
      assertThatThrownBy(() -> post(client, server.url(), "x"))
          .isInstanceOf(EgressException.class)
          .hasMessageContaining("redirected");
      assertThat(target.connections()).isZero();
    }
  }

  @Test
  void asksAlsoAboutTheServerOfTokens() throws Exception {
    try (var tokens = RawServer.answering(OK);
        var client =
            guarded(
                denying(LOOPBACK),
                "oauth2 {",
                "  client_id = \"me\"",
                "  client_secret = \"hush\"",
                "  token_url = \"" + tokens.url() + "\"",
                "}")) {
      assertThatThrownBy(() -> get(client, "http://192.0.2.1/"))
          .isInstanceOf(EgressException.class);
      assertThat(tokens.connections()).isZero();
    }
  }

  @Test
  void asksAlsoAboutAProxyAndWhatLiesBehind() throws Exception {
    try (var proxy = RawServer.answering(OK)) {
      String through = "proxy_url = \"http://127.0.0.1:" + proxy.port() + "\"";
      try (var client = guarded(denying(LOOPBACK), through)) {
        assertThatThrownBy(() -> get(client, "http://192.0.2.1/"))
            .hasMessageContaining("127.0.0.1 is in the denied range");
      }
      try (var client = guarded(denying(List.of("192.0.2.0/24")), through)) {
        assertThatThrownBy(() -> get(client, "http://192.0.2.1/"))
            .hasMessageContaining("192.0.2.1 is in the denied range");
        assertThatThrownBy(() -> get(client, "http://no-such-host.invalid/"))
            .hasMessageContaining("is known to the proxy only");
        assertThat(proxy.connections()).isZero();
        assertThat(get(client, "http://198.51.100.1/").text()).isEqualTo("hi");
      }
    }
  }
}
