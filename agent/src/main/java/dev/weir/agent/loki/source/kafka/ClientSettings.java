package dev.weir.agent.loki.source.kafka;

import dev.weir.agent.httpclient.TlsSettings;
import dev.weir.agent.loki.source.kafka.Authentication.OauthConfig;
import dev.weir.agent.loki.source.kafka.Authentication.SaslConfig;
import dev.weir.agent.loki.source.kafka.LokiSourceKafka.Arguments;
import dev.weir.agent.river.eval.Secret;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.RangeAssignor;
import org.apache.kafka.clients.consumer.RoundRobinAssignor;
import org.apache.kafka.clients.consumer.StickyAssignor;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.config.types.Password;

/// What the arguments mean to Kafka's client.
final class ClientSettings {
  /// Each broker answers with this much at most, unless one batch of messages is larger.
  private static final int FETCH_BYTES = 2 << 20;

  private static final int PARTITION_BYTES = 512 << 10;
  private static final int MESSAGES_PER_POLL = 512;
  private static final int LONGEST_RECONNECT_MILLIS = 10_000;
  private static final int METADATA_MILLIS = 60_000;

  private static final String PLAIN_MODULE =
      "org.apache.kafka.common.security.plain.PlainLoginModule";
  private static final String SCRAM_MODULE =
      "org.apache.kafka.common.security.scram.ScramLoginModule";
  private static final String TOKEN_MODULE =
      "org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule";

  private ClientSettings() {}

  static Map<String, Object> of(Arguments arguments) {
    return of(arguments, System.getenv());
  }

  /// @param environment says who asks for tokens
  static Map<String, Object> of(Arguments arguments, Map<String, String> environment) {
    var settings = new HashMap<String, Object>();
    settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, arguments.brokers());
    settings.put(ConsumerConfig.GROUP_ID_CONFIG, arguments.groupId());
    settings.put(ConsumerConfig.CLIENT_ID_CONFIG, "weir");
    settings.put(ConsumerConfig.GROUP_PROTOCOL_CONFIG, "classic");
    settings.put(
        ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
        List.of(assignor(arguments.assignor())));
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    settings.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, FETCH_BYTES);
    settings.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, PARTITION_BYTES);
    settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, MESSAGES_PER_POLL);
    settings.put(ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, LONGEST_RECONNECT_MILLIS);
    settings.put(ConsumerConfig.METADATA_MAX_AGE_CONFIG, METADATA_MILLIS);
    settings.put(CommonClientConfigs.METRIC_REPORTER_CLASSES_CONFIG, List.of());
    settings.put(ConsumerConfig.ENABLE_METRICS_PUSH_CONFIG, false);
    secure(settings, arguments.authentication(), environment);
    return settings;
  }

  private static Class<?> assignor(String name) {
    return switch (name) {
      case "roundrobin" -> RoundRobinAssignor.class;
      case "sticky" -> StickyAssignor.class;
      default -> RangeAssignor.class;
    };
  }

  private static void secure(
      Map<String, Object> settings,
      Authentication authentication,
      Map<String, String> environment) {
    boolean tls = authentication.isTls();
    String protocol = tls ? "SSL" : "PLAINTEXT";
    if (authentication.isSasl()) {
      protocol = "SASL_" + protocol;
      speakSasl(settings, authentication.saslConfig(), environment);
    }
    settings.put(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG, protocol);
    if (tls) {
      settings.put(SslConfigs.SSL_ENGINE_FACTORY_CLASS_CONFIG, TlsEngines.class);
      settings.put(TlsEngines.SETTINGS, new TlsSettings(authentication.tls()));
    }
  }

  private static void speakSasl(
      Map<String, Object> settings, SaslConfig sasl, Map<String, String> environment) {
    settings.put(SaslConfigs.SASL_MECHANISM, sasl.mechanism());
    OauthConfig oauth = sasl.oauthConfig();
    if (sasl.isOauth() && oauth != null) {
      settings.put(SaslConfigs.SASL_JAAS_CONFIG, new Password(TOKEN_MODULE + " required;"));
      settings.put(SaslConfigs.SASL_LOGIN_CALLBACK_HANDLER_CLASS, TokenCallbacks.class);
      settings.put(TokenCallbacks.TOKENS, new AzureTokens(oauth.scopes(), environment));
    } else {
      settings.put(SaslConfigs.SASL_JAAS_CONFIG, new Password(withPassword(sasl)));
    }
  }

  private static String withPassword(SaslConfig sasl) {
    Secret password = sasl.password();
    return (sasl.mechanism().equals("PLAIN") ? PLAIN_MODULE : SCRAM_MODULE)
        + " required username="
        + quoted(sasl.user())
        + " password="
        + quoted(password == null ? "" : password.reveal())
        + ";";
  }

  /// As its parser, a [java.io.StreamTokenizer], reads it.
  private static String quoted(String text) {
    return '"'
        + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n").replace("\r", "\\r")
        + '"';
  }
}
