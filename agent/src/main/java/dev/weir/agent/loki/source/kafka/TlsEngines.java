package dev.weir.agent.loki.source.kafka;

import dev.weir.agent.httpclient.TlsSettings;
import java.io.IOException;
import java.security.KeyStore;
import java.util.Map;
import java.util.Set;
import javax.net.ssl.SSLEngine;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.security.auth.SslEngineFactory;
import org.jspecify.annotations.Nullable;

/// TLS towards brokers, as a `tls_config` block says. Kafka makes it by its name.
public final class TlsEngines implements SslEngineFactory {
  /// Where its [TlsSettings] are among the client's settings.
  static final String SETTINGS = "weir.tls";

  private @Nullable TlsSettings settings;

  @Override
  public void configure(Map<String, ?> configs) {
    settings = (TlsSettings) configs.get(SETTINGS);
  }

  @Override
  public synchronized SSLEngine createClientSslEngine(
      String peerHost, int peerPort, String endpointIdentification) {
    TlsSettings known = settings;
    if (known == null) {
      throw new KafkaException("TLS is not configured");
    }
    try {
      return known.engine(peerHost, peerPort);
    } catch (IOException e) {
      throw new KafkaException(e.getMessage(), e);
    }
  }

  @Override
  public SSLEngine createServerSslEngine(String peerHost, int peerPort) {
    throw new UnsupportedOperationException("only clients use it");
  }

  @Override
  public boolean shouldBeRebuilt(Map<String, Object> nextConfigs) {
    return false;
  }

  @Override
  public Set<String> reconfigurableConfigs() {
    return Set.of();
  }

  @Override
  public @Nullable KeyStore keystore() {
    return null;
  }

  @Override
  public @Nullable KeyStore truststore() {
    return null;
  }

  @Override
  public void close() {}
}
