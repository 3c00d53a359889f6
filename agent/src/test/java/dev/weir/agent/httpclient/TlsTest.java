package dev.weir.agent.httpclient;

import static dev.weir.agent.httpclient.Clients.client;
import static dev.weir.agent.httpclient.Clients.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init") // set before all tests
class TlsTest {
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi";

  @TempDir static Path directory;
  private static Certificates serverSide;
  private static Certificates otherServer;
  private static Certificates clientSide;

  @BeforeAll
  static void makeCertificates() throws Exception {
    serverSide = Certificates.make(directory, "server", "RSA", "IP:127.0.0.1,DNS:loki.example");
    otherServer = Certificates.make(directory, "other", "EC", "DNS:other.example");
    clientSide = Certificates.make(directory, "client", "EC", "DNS:agent");
    Files.writeString(directory.resolve("ca.pem"), serverSide.certificatePem());
    Files.writeString(directory.resolve("client.pem"), clientSide.certificatePem());
    Files.writeString(directory.resolve("client.key"), clientSide.keyPem());
    Files.writeString(directory.resolve("client-old.key"), clientSide.oldKeyPem());
  }

  private static RawServer server(Certificates own, @Nullable Certificates clients)
      throws Exception {
    return new RawServer(
        own.server(clients),
        (self, socket) -> {
          while (!self.request(socket).isEmpty()) {
            RawServer.write(socket, OK);
          }
        });
  }

  private static String url(RawServer server) {
    return "https://127.0.0.1:" + server.port() + "/";
  }

  private static String tls(String... lines) {
    return "tls_config {\n" + String.join("\n", lines) + "\n}";
  }

  private static String file(String name, String file) {
    return name + " = \"" + directory.resolve(file) + "\"";
  }

  @Test
  void trustsTheAuthorityItIsGiven() throws Exception {
    try (var server = server(serverSide, null);
        var client = client(tls(file("ca_file", "ca.pem"), "min_version = \"TLS13\""))) {
      assertThat(get(client, url(server)).text()).isEqualTo("hi");
      assertThat(get(client, url(server)).text()).isEqualTo("hi");
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  @Test
  void takesTheAuthorityAsText() throws Exception {
    String pem = serverSide.certificatePem().replace("\n", "\\n");
    try (var server = server(serverSide, null);
        var client = client(tls("ca_pem = \"" + pem + "\""))) {
      assertThat(get(client, url(server)).text()).isEqualTo("hi");
    }
  }

  @Test
  void refusesAServerThatNobodyVouchesFor() throws Exception {
    try (var server = server(serverSide, null);
        var client = client()) {
      assertThatThrownBy(() -> get(client, url(server))).isInstanceOf(IOException.class);
      assertThat(server.requests()).isEmpty();
    }
  }

  @Test
  void refusesAServerWithTheWrongName() throws Exception {
    Files.writeString(directory.resolve("other.pem"), otherServer.certificatePem());
    try (var server = server(otherServer, null);
        var strict = client(tls(file("ca_file", "other.pem")));
        var named = client(tls(file("ca_file", "other.pem"), "server_name = \"other.example\""))) {
      assertThatThrownBy(() -> get(strict, url(server))).isInstanceOf(IOException.class);
      assertThat(get(named, url(server)).text()).isEqualTo("hi");
    }
  }

  @Test
  void checksNothingWhenToldTo() throws Exception {
    try (var server = server(otherServer, null);
        var client = client(tls("insecure_skip_verify = true"))) {
      assertThat(get(client, url(server)).text()).isEqualTo("hi");
    }
  }

  @Test
  void showsItsCertificate() throws Exception {
    try (var server = server(serverSide, clientSide);
        var known =
            client(
                tls(
                    file("ca_file", "ca.pem"),
                    file("cert_file", "client.pem"),
                    file("key_file", "client.key")));
        var old =
            client(
                tls(
                    file("ca_file", "ca.pem"),
                    file("cert_file", "client.pem"),
                    file("key_file", "client-old.key")));
        var unknown = client(tls(file("ca_file", "ca.pem")))) {
      assertThat(get(known, url(server)).text()).isEqualTo("hi");
      assertThat(get(old, url(server)).text()).isEqualTo("hi");
      assertThatThrownBy(() -> get(unknown, url(server))).isInstanceOf(IOException.class);
    }
  }

  @Test
  void takesANewAuthorityFromItsFile() throws Exception {
    Path authority =
        Files.writeString(directory.resolve("rotated.pem"), clientSide.certificatePem());
    try (var server = server(serverSide, null);
        var client = client(tls("ca_file = \"" + authority + "\""))) {
      assertThatThrownBy(() -> get(client, url(server))).isInstanceOf(IOException.class);

      Files.writeString(authority, serverSide.certificatePem());

      assertThat(get(client, url(server)).text()).isEqualTo("hi");
    }
  }

  @Test
  void readsKeysOfEveryForm() throws Exception {
    assertThat(Pem.privateKey(serverSide.keyPem())).isEqualTo(serverSide.key());
    assertThat(Pem.privateKey(serverSide.oldKeyPem())).isEqualTo(serverSide.key());
    assertThat(Pem.privateKey(clientSide.oldKeyPem()).getAlgorithm()).isEqualTo("EC");
    assertThatThrownBy(() -> Pem.privateKey("hush")).hasMessageNotContaining("hush");
  }
}
