package dev.weir.agent.loki.source.kafka;

import static dev.weir.agent.loki.source.kafka.KafkaSource.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.agent.relabel.Rules;
import dev.weir.agent.testkit.CollectingReceiver;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(SharedBroker.class)
final class KafkaSecurityTest {
  private final CollectingReceiver receiver = new CollectingReceiver();
  private final KafkaBroker broker;
  private final KafkaSource kafka;

  KafkaSecurityTest(KafkaBroker broker, @TempDir Path storage) throws Exception {
    this.broker = broker;
    this.kafka = new KafkaSource(broker, storage);
    kafka.createTopic(1);
    kafka.send("one");
  }

  @AfterEach
  void stop() {
    kafka.close();
  }

  private KafkaUnderTest start(String listener, String authentication) {
    return kafka.start(arguments(listener, authentication));
  }

  private LokiSourceKafka.Arguments arguments(String listener, String authentication) {
    return kafka.arguments(
        listener,
        kafka.topic(),
        "authentication {\n" + authentication + "\n}",
        receiver,
        Rules.NONE);
  }

  private void awaitRead() {
    await().untilAsserted(() -> assertThat(receiver.lines()).containsExactly("one"));
  }

  private static String sasl(String mechanism, String password, String more) {
    return "type = \"sasl\"\nsasl_config {\nmechanism = \"%s\"\nuser = \"%s\"\npassword = `%s`\n%s\n}"
        .formatted(mechanism, KafkaBroker.USER, password, more);
  }

  private String trusted() throws Exception {
    return "tls_config {\nca_pem = `" + broker.certificate().certificatePem() + "`\n}";
  }

  @Test
  void speaksTls() throws Exception {
    start("SSL", "type = \"ssl\"\n" + trusted());

    awaitRead();
  }

  @Test
  void showsWhoSheIsWithACertificate() throws Exception {
    start(
        "SSL",
        "type = \"ssl\"\ntls_config {\nca_pem = `%s`\ncert_pem = `%s`\nkey_pem = `%s`\n}"
            .formatted(
                broker.certificate().certificatePem(),
                broker.certificate().certificatePem(),
                broker.certificate().keyPem()));

    awaitRead();
  }

  @Test
  void takesTheNameOfTheServerFromItsArguments() throws Exception {
    String pem = broker.certificate().certificatePem();
    start(
        "SSL",
        "type = \"ssl\"\ntls_config {\nca_pem = `%s`\nserver_name = \"broker.test\"\n}"
            .formatted(pem));

    awaitRead();
  }

  @Test
  void trustsNoBrokerItDoesNotKnow() {
    KafkaUnderTest source = start("SSL", "type = \"ssl\"");

    await().until(() -> source.problem().contains("unable to find valid certification path"));
    assertThat(receiver.lines()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512"})
  void authenticatesByPassword(String mechanism) {
    start("SASL_PLAINTEXT", sasl(mechanism, KafkaBroker.PASSWORD, ""));

    awaitRead();
  }

  @Test
  void authenticatesByPasswordOverTls() throws Exception {
    start("SASL_SSL", sasl("PLAIN", KafkaBroker.PASSWORD, "use_tls = true\n" + trusted()));

    awaitRead();
  }

  @Test
  void tellsOfAWrongPasswordAndTakesTheRightOneInPlace() {
    KafkaUnderTest source = start("SASL_PLAINTEXT", sasl("SCRAM-SHA-256", "wrong", ""));
    await().until(() -> source.problem().contains("Authentication failed"));
    assertThat(source.problem()).doesNotContain("wrong");
    source.update(arguments("SASL_PLAINTEXT", sasl("SCRAM-SHA-256", KafkaBroker.PASSWORD, "")));

    awaitRead();
    assertThat(source.problem()).isEmpty();
  }
}
