package dev.weir.agent.loki.source.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.weir.agent.loki.source.kafka.LokiSourceKafka.Arguments;
import dev.weir.agent.relabel.Rules;
import dev.weir.agent.testkit.CollectingReceiver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SharedBroker.class)
final class AzureTokensTest {
  private static final String SCOPE = "https://hub.example/.default";

  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final KafkaBroker broker;
  private HttpServer server;
  private volatile String answer =
      "{\"token_type\":\"Bearer\",\"expires_in\":3599,\"access_token\":\"t1\"}";

  AzureTokensTest(KafkaBroker broker) throws IOException {
    this.broker = broker;
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
  }

  @BeforeEach
  void serve() {
    server.createContext("/", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    String proof = String.valueOf(exchange.getRequestHeaders().getFirst("X-IDENTITY-HEADER"));
    requests.add(exchange.getRequestURI() + " " + body + " " + proof);
    byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(
        bytes.length == 0 ? 401 : 200, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private Map<String, String> client(String name, String value) {
    return Map.of(
        "AZURE_AUTHORITY_HOST",
        address(),
        "AZURE_TENANT_ID",
        "ten",
        "AZURE_CLIENT_ID",
        "me",
        name,
        value);
  }

  @Test
  void asksAsAClientWithASecret() throws Exception {
    var tokens = new AzureTokens(List.of(SCOPE), client("AZURE_CLIENT_SECRET", "p&w"));

    assertThat(tokens.token()).isEqualTo(new AzureTokens.Token("t1", 3599));
    assertThat(requests.getFirst())
        .startsWith("/ten/oauth2/v2.0/token ")
        .contains("client_secret=p%26w", "client_id=me", "grant_type=client_credentials")
        .contains("scope=https%3A%2F%2Fhub.example%2F.default");
  }

  @Test
  void asksAsAWorkload(@TempDir Path directory) throws Exception {
    Path file = Files.writeString(directory.resolve("token"), "jwt\n");
    var tokens =
        new AzureTokens(List.of(SCOPE), client("AZURE_FEDERATED_TOKEN_FILE", file.toString()));

    assertThat(tokens.token().text()).isEqualTo("t1");
    assertThat(requests.getFirst()).contains("client_assertion=jwt", "jwt-bearer");
  }

  @Test
  void asksForTheMachine() throws Exception {
    var tokens =
        new AzureTokens(
            List.of(SCOPE),
            Map.of("IDENTITY_ENDPOINT", address() + "/msi", "IDENTITY_HEADER", "proof"));

    assertThat(tokens.token().text()).isEqualTo("t1");
    assertThat(requests.getFirst())
        .startsWith("/msi?api-version=2019-08-01&resource=https%3A%2F%2Fhub.example ")
        .endsWith("proof");
  }

  @Test
  void tellsThatThereIsNoToken() {
    var tokens = new AzureTokens(List.of(SCOPE), client("AZURE_CLIENT_SECRET", "x"));
    answer = "";
    assertThatThrownBy(tokens::token)
        .hasMessage("Azure gave no token: it answered with status 401");
    answer = "{\"access_token\":\"hush\"";
    assertThatThrownBy(tokens::token).hasMessage("Azure's answer is not JSON");
    answer = "{}";
    assertThatThrownBy(tokens::token).hasMessageContaining("holds no access_token");
  }

  @Test
  void showsABrokerTheToken() throws Exception {
    long now = InstantSource.system().instant().getEpochSecond();
    String claims = "{\"sub\":\"agent\",\"iat\":%d,\"exp\":%d}".formatted(now, now + 3600);
    String token = base64("{\"alg\":\"none\"}") + "." + base64(claims) + ".";
    answer = "{\"expires_in\":\"3599\",\"access_token\":\"" + token + "\"}";
    var bytes = new ByteArrayDeserializer();
    Map<String, Object> settings =
        ClientSettings.of(arguments(), client("AZURE_CLIENT_SECRET", "x"));
    try (var consumer = new KafkaConsumer<>(settings, bytes, bytes)) {
      assertThat(consumer.listTopics(Duration.ofSeconds(20))).isNotNull();
    }
    assertThat(requests).isNotEmpty();
  }

  private static String base64(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private Arguments arguments() {
    return KafkaUnderTest.arguments(
        """
        brokers = ["%s"]
        topics = ["t"]
        authentication {
          type = "sasl"
          sasl_config {
            mechanism = "OAUTHBEARER"
            oauth_config {
              token_provider = "azure"
              scopes = ["%s"]
            }
          }
        }
        """
            .formatted(broker.address("SASL_PLAINTEXT"), SCOPE),
        new CollectingReceiver(),
        Rules.NONE);
  }
}
