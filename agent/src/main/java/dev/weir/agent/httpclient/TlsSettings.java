package dev.weir.agent.httpclient;

import dev.weir.agent.httpclient.HttpClientArguments.TlsConfig;
import dev.weir.agent.river.eval.Secret;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/// TLS as a `tls_config` block describes it. Files are read again when they change.
///
/// Loaded only by who speaks TLS: its classes cost megabytes. Not thread-safe.
public final class TlsSettings {
  private static final List<String> PROTOCOLS = List.of("TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3");
  private static final List<String> NAMES = List.of("TLS10", "TLS11", "TLS12", "TLS13");
  private static final int OLDEST_BY_DEFAULT = 2;

  private final @Nullable TlsConfig config;
  private final WatchedText authorities;
  private final WatchedText certificate;
  private final WatchedText key;
  private @Nullable SSLContext context;
  private List<String> read = List.of();
  private long generation;

  /// @param config null for what the JDK trusts, and no certificate of our own
  public TlsSettings(@Nullable TlsConfig config) {
    this.config = config;
    if (config == null) {
      authorities = WatchedText.of(null, null);
      certificate = authorities;
      key = authorities;
    } else {
      Secret keyPem = config.keyPem();
      authorities = WatchedText.of(config.caPem(), config.caFile());
      certificate = WatchedText.of(config.certPem(), config.certFile());
      key = WatchedText.of(keyPem == null ? null : keyPem.reveal(), config.keyFile());
    }
  }

  /// Grows when a file has changed, so that connections made before can be told apart.
  long generation() throws IOException {
    context();
    return generation;
  }

  /// The context to make sockets with, made anew when a file has changed.
  ///
  /// @throws IOException when a file cannot be read or does not hold what it should
  public SSLContext context() throws IOException {
    List<String> now = List.of(authorities.text(), certificate.text(), key.text());
    SSLContext known = context;
    if (known != null && now.equals(read)) {
      return known;
    }
    try {
      SSLContext made = made(now.get(0), now.get(1), now.get(2));
      context = made;
      read = now;
      generation++;
      return made;
    } catch (GeneralSecurityException e) {
      throw new IOException("tls_config: " + e.getMessage(), e);
    }
  }

  /// The name that the server's certificate must carry.
  String serverName(String host) {
    String name = config == null ? null : config.serverName();
    return name == null || name.isEmpty() ? host : name;
  }

  /// Sets protocol versions, and that the server's name is checked.
  public void apply(SSLParameters parameters) {
    String least = config == null ? null : config.minVersion();
    int first = least == null ? OLDEST_BY_DEFAULT : NAMES.indexOf(least);
    List<String> allowed = PROTOCOLS.subList(Math.max(0, first), PROTOCOLS.size());
    parameters.setProtocols(allowed.toArray(String[]::new));
    if (!isInsecure()) {
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
    }
  }

  /// An engine for the client's end of a connection.
  ///
  /// @throws IOException when a file cannot be read or does not hold what it should
  public SSLEngine engine(String host, int port) throws IOException {
    SSLEngine engine = context().createSSLEngine(serverName(host), port);
    engine.setUseClientMode(true);
    SSLParameters parameters = engine.getSSLParameters();
    apply(parameters);
    engine.setSSLParameters(parameters);
    return engine;
  }

  private boolean isInsecure() {
    return config != null && config.insecureSkipVerify();
  }

  private SSLContext made(String authoritiesPem, String certificatePem, String keyPem)
      throws GeneralSecurityException, IOException {
    SSLContext made = SSLContext.getInstance("TLS");
    made.init(keyManagers(certificatePem, keyPem), trustManagers(authoritiesPem), null);
    return made;
  }

  private KeyManager @Nullable [] keyManagers(String certificatePem, String keyPem)
      throws GeneralSecurityException, IOException {
    if (certificatePem.isEmpty() && keyPem.isEmpty()) {
      return null;
    }
    if (certificatePem.isEmpty() || keyPem.isEmpty()) {
      throw new GeneralSecurityException("a client certificate needs both certificate and key");
    }
    KeyStore store = emptyStore();
    var chain = new ArrayList<>(Pem.certificates(certificatePem));
    var password = new char[0];
    store.setKeyEntry(
        "client",
        Pem.privateKey(keyPem),
        password,
        chain.toArray(java.security.cert.Certificate[]::new));
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, password);
    return factory.getKeyManagers();
  }

  private TrustManager @Nullable [] trustManagers(String pem)
      throws GeneralSecurityException, IOException {
    if (isInsecure()) {
      return new TrustManager[] {new TrustEverybody()};
    }
    if (pem.isEmpty()) {
      return null;
    }
    KeyStore store = emptyStore();
    var certificates = Pem.certificates(pem);
    for (int i = 0; i < certificates.size(); i++) {
      store.setCertificateEntry("ca" + i, certificates.get(i));
    }
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory.getTrustManagers();
  }

  private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }
}
