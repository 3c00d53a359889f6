package dev.weir.agent.loki.source.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.agent.httpclient.Certificates;
import dev.weir.agent.httpclient.HttpClient;
import dev.weir.agent.httpclient.HttpClientArguments;
import dev.weir.agent.httpclient.HttpRequest;
import dev.weir.agent.relabel.Rules;
import dev.weir.agent.testkit.CollectingReceiver;
import dev.weir.agent.testkit.RiverArguments;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApiTlsTest {
  private static final String NAME = "IP:127.0.0.1";

  @TempDir Path storage;
  private final CollectingReceiver receiver = new CollectingReceiver();

  @Test
  void speaksTlsToClientsWithACertificate() throws Exception {
    Certificates server = Certificates.make(storage, "server", "EC", NAME);
    Certificates client = Certificates.make(storage, "client", "EC", NAME);
    String tls =
        "client_ca = `%s`\nclient_auth_type = \"RequireAndVerifyClientCert\"\n"
            .formatted(client.certificatePem());
    try (var api = api(server, tls)) {
      String identity =
          "cert_pem = `%s`\nkey_pem = `%s`\n".formatted(client.certificatePem(), client.keyPem());

      assertThat(post(api, server, identity)).isEqualTo(204);
      assertThatThrownBy(() -> post(api, server, "")).isInstanceOf(IOException.class);
      assertThat(receiver.lines()).containsExactly("x");
    }
  }

  @Test
  void takesRenewedCertificatesWithoutANewSocket() throws Exception {
    Certificates first = Certificates.make(storage, "first", "EC", NAME);
    Certificates second = Certificates.make(storage, "second", "EC", NAME);
    try (var api = api(first, "")) {
      assertThat(post(api, first, "")).isEqualTo(204);
      int port = api.port();

      write(second);

      assertThat(post(api, second, "")).isEqualTo(204);
      assertThatThrownBy(() -> post(api, first, "")).isInstanceOf(IOException.class);
      assertThat(api.port()).isEqualTo(port);
    }
  }

  private ApiUnderTest api(Certificates server, String tls) throws Exception {
    write(server);
    String block =
        "tls {\ncert_file = `%s`\nkey_file = `%s`\n%s}\n@@"
            .formatted(storage.resolve("cert.pem"), storage.resolve("key.pem"), tls);
    return new ApiUnderTest(storage, receiver, Rules.NONE, block);
  }

  private void write(Certificates server) throws Exception {
    Files.writeString(storage.resolve("cert.pem"), server.certificatePem());
    Files.writeString(storage.resolve("key.pem"), server.keyPem());
  }

  private static int post(ApiUnderTest api, Certificates trusted, String identity)
      throws Exception {
    var arguments =
        RiverArguments.decode(
            HttpClientArguments.class,
            "tls_config {\nca_pem = `%s`\n%s}".formatted(trusted.certificatePem(), identity));
    try (var client = new HttpClient(arguments, "test")) {
      var request =
          HttpRequest.post(
              URI.create("https://" + api.address() + "/api/v1/raw"), List.of(), Pushes.utf8("x"));
      return client.send(request, Duration.ofSeconds(10), 1000).status();
    }
  }
}
