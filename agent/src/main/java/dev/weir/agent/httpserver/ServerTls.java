package dev.weir.agent.httpserver;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import dev.weir.agent.httpclient.HttpClientArguments.TlsConfig;
import dev.weir.agent.httpclient.TlsSettings;
import dev.weir.agent.httpserver.ServerArguments.Tls;
import java.io.IOException;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/// The TLS of a server. Certificates are read again when their files change, for connections made
/// from then on. Thread-safe.
final class ServerTls extends HttpsConfigurator {
  private static final List<String> PROTOCOLS = List.of("TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3");
  private static final List<String> NAMES =
      List.of("VersionTLS10", "VersionTLS11", "VersionTLS12", "VersionTLS13");
  private static final int OLDEST_BY_DEFAULT = 2;

  private final RenewedContext context;
  private volatile Tls arguments;

  private ServerTls(RenewedContext context, Tls arguments) {
    super(context);
    this.context = context;
    this.arguments = arguments;
  }

  /// @throws IOException when certificates cannot be read
  static ServerTls of(Tls arguments) throws IOException {
    return new ServerTls(new RenewedContext(settings(arguments)), arguments);
  }

  private static TlsSettings settings(Tls from) {
    boolean anyCertificate = !from.clientAuthType().contains("Verify");
    return new TlsSettings(
        new TlsConfig(
            from.clientCa(),
            from.clientCaFile(),
            from.certPem(),
            from.certFile(),
            from.keyPem(),
            from.keyFile(),
            null,
            anyCertificate,
            null));
  }

  /// Takes other arguments, for connections made from then on.
  ///
  /// @throws IOException when certificates cannot be read; the old ones stay
  void update(Tls next) throws IOException {
    if (!next.equals(arguments)) {
      context.update(settings(next));
      arguments = next;
    }
  }

  @Override
  public void configure(HttpsParameters parameters) {
    SSLParameters ssl = context.getDefaultSSLParameters();
    Tls current = arguments;
    int first =
        current.minVersion().isEmpty() ? OLDEST_BY_DEFAULT : NAMES.indexOf(current.minVersion());
    ssl.setProtocols(PROTOCOLS.subList(first, PROTOCOLS.size()).toArray(String[]::new));
    if (!current.cipherSuites().isEmpty()) {
      ssl.setCipherSuites(current.cipherSuites().split("\\s*,\\s*", -1));
    }
    switch (current.clientAuthType()) {
      case "RequireAnyClientCert", "RequireAndVerifyClientCert" -> ssl.setNeedClientAuth(true);
      case "RequestClientCert", "VerifyClientCertIfGiven" -> ssl.setWantClientAuth(true);
      default -> {}
    }
    parameters.setSSLParameters(ssl);
  }

  /// The context as it is now.
  SSLContext context() {
    return context;
  }
}
