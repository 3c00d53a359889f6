package dev.weir.agent.loki.source.kafka;

import static dev.weir.agent.loki.source.kafka.KafkaSource.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.agent.component.ComponentContext;
import dev.weir.agent.component.ComponentException;
import dev.weir.agent.component.Egress;
import dev.weir.agent.component.Policy;
import dev.weir.agent.loki.source.kafka.LokiSourceKafka.Arguments;
import dev.weir.agent.relabel.Rules;
import dev.weir.agent.testkit.CollectingReceiver;
import dev.weir.agent.testkit.TestContext;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class KafkaArgumentsTest {
  private static Arguments arguments(String brokers, String topics, String more) {
    return KafkaUnderTest.arguments(
        "brokers = %s\ntopics = %s\n%s".formatted(brokers, topics, more),
        new CollectingReceiver(),
        Rules.NONE);
  }

  @Test
  void hasTheDefaultsOfAlloy() {
    Arguments arguments = arguments("[\"a:9092\", \"[::1]:9093\"]", "[\"t\"]", "");

    assertThat(arguments.groupId()).isEqualTo("loki.source.kafka");
    assertThat(arguments.assignor()).isEqualTo("range");
    assertThat(arguments.version()).isEqualTo("2.2.1");
    assertThat(arguments.useIncomingTimestamp()).isFalse();
    assertThat(arguments.authentication().type()).isEqualTo("none");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          [] | ["t"] | | no Kafka bootstrap brokers defined
          ["a"] | ["t"] | | brokers must be HOST:PORT; "a" is not
          ["a:99999"] | ["t"] | | brokers must be HOST:PORT
          ["a:1"] | [] | | no topics given to be consumed
          ["a:1"] | [""] | | topics must not hold an empty topic
          ["a:1"] | ["^("] | | invalid topic pattern
          ["a:1"] | ["t"] | assignor = "best" | unrecognized consumer group partition assignor: best
          ["a:1"] | ["t"] | version = "two" | invalid version `two`
          ["a:1"] | ["t"] | authentication { type = "x" } | unsupported authentication type "x"
          ["a:1"] | ["t"] | authentication { type = "sasl" } | user must not be empty
          """)
  void refusesWrongArguments(String brokers, String topics, String more, String message) {
    String body = more == null ? "" : more.replace("{ ", "{\n").replace(" }", "\n}");

    assertThatThrownBy(() -> arguments(brokers, topics, body)).hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          mechanism = "GSSAPI" | unsupported sasl mechanism "GSSAPI"
          user = "u" | password must not be empty for mechanism PLAIN
          mechanism = "OAUTHBEARER" | needs an oauth_config block
          oauth_config {~token_provider = "x"~scopes = ["s"]~} | token provider "x" is not supported
          oauth_config {~token_provider = "azure"~scopes = []~} | scopes must not be empty
          """)
  void refusesWrongArgumentsOfSasl(String sasl, String message) {
    String body =
        "authentication {\ntype = \"sasl\"\nsasl_config {\n%s\n}\n}"
            .formatted(sasl.replace('~', '\n'));

    assertThatThrownBy(() -> arguments("[\"a:1\"]", "[\"t\"]", body)).hasMessageContaining(message);
  }

  @Test
  void neverPrintsThePassword() {
    Arguments arguments =
        arguments(
            "[\"a:1\"]",
            "[\"t\"]",
            "authentication {\ntype = \"sasl\"\nsasl_config {\nuser = \"u\"\npassword = \"hush\"\n}\n}");

    assertThat(arguments.toString()).doesNotContain("hush");
    assertThat(ClientSettings.of(arguments).toString()).doesNotContain("hush");
  }

  @Test
  void isNotUsedWhereConnectionsAreRestricted(@TempDir Path storage) {
    var open = new TestContext("loki.source.kafka.x", storage);
    var policy = new Policy("", null, null, new Egress(List.of("10.0.0.0/8"), List.of(), false));
    var restricted =
        (ComponentContext)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {ComponentContext.class},
                (_, method, arguments) ->
                    method.getName().equals("policy") ? policy : method.invoke(open, arguments));

    assertThatThrownBy(() -> new LokiSourceKafka(arguments("[\"a:1\"]", "[\"t\"]", ""), restricted))
        .isInstanceOf(ComponentException.class)
        .hasMessageContaining("may not be used where connections are restricted");
  }

  @Test
  void leavesKafkasOwnTopicsToWhoNamesThem() {
    var all = List.of("__consumer_offsets", "orders");

    assertThat(new Topics(List.of("^.*")).among(all)).containsExactly("orders");
    assertThat(new Topics(List.of("__consumer_offsets")).among(all))
        .containsExactly("__consumer_offsets");
  }

  @Test
  void tellsOfBrokersThatDoNotAnswerAndStops(@TempDir Path storage) throws Exception {
    try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String broker = "[\"127.0.0.1:" + silent.getLocalPort() + "\"]";
      try (var source = new KafkaUnderTest(storage, arguments(broker, "[\"t\"]", ""))) {
        await()
            .atMost(java.time.Duration.ofSeconds(30))
            .until(() -> source.problem().startsWith("brokers do not answer"));
      }
    }
  }
}
