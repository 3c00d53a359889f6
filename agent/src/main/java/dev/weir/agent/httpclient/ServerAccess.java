package dev.weir.agent.httpclient;

import dev.weir.agent.component.Egress;
import dev.weir.agent.httpclient.HttpClientArguments.TlsConfig;
import dev.weir.agent.river.eval.Secret;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What somebody who speaks HTTP by himself needs of the client arguments: who he is, and TLS.
///
/// Thread-safe.
public final class ServerAccess {
  private final Map<String, List<Secret>> fixed;
  private final @Nullable TlsConfig config;
  private final Credentials credentials;
  private @Nullable TlsSockets tls;

  /// @param arguments null for none of them: no credentials, and TLS as the JDK has it
  /// @param userAgent for requests of its own, which OAuth 2.0 needs
  public ServerAccess(@Nullable HttpClientArguments arguments, String userAgent) {
    this.fixed = arguments == null ? Map.of() : arguments.httpHeaders();
    this.config = arguments == null ? null : arguments.tlsConfig();
    this.credentials =
        arguments == null ? Credentials.NONE : Credentials.of(arguments, userAgent, Egress.OPEN);
  }

  /// The headers to send: `Authorization`, if any, and those of the configuration.
  ///
  /// @param timeout for what must be fetched first
  /// @throws IOException when a secret cannot be read or fetched, or is no header
  public synchronized List<Header> headers(Duration timeout) throws IOException {
    List<Header> headers = new ArrayList<>();
    String authorization = credentials.authorization(System.nanoTime() + timeout.toNanos());
    try {
      if (authorization != null) {
        headers.add(new Header("Authorization", authorization));
      }
      for (Map.Entry<String, List<Secret>> entry : fixed.entrySet()) {
        for (Secret value : entry.getValue()) {
          headers.add(new Header(entry.getKey(), value.reveal()));
        }
      }
    } catch (IllegalArgumentException e) {
      throw new IOException("a header of the configuration cannot be sent", e);
    }
    return headers;
  }

  /// Puts TLS over a connection and shakes hands; reads then wait without limit.
  public Socket encrypted(Socket plain, String host, int port) throws IOException {
    return sockets().over(plain, host, port, 0);
  }

  private synchronized TlsSockets sockets() {
    TlsSockets known = tls;
    if (known == null) {
      known = new TlsSockets(config);
      tls = known;
    }
    return known;
  }
}
