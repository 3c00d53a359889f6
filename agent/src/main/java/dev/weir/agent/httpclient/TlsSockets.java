package dev.weir.agent.httpclient;

import dev.weir.agent.httpclient.HttpClientArguments.TlsConfig;
import java.io.IOException;
import java.net.Socket;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/// Puts TLS over connections.
final class TlsSockets {
  private final TlsSettings settings;

  TlsSockets(@Nullable TlsConfig config) {
    this.settings = new TlsSettings(config);
  }

  long generation() throws IOException {
    return settings.generation();
  }

  /// A TLS connection over a plain one, with the handshake done.
  Socket over(Socket plain, String host, int port, int timeoutMillis) throws IOException {
    String name = settings.serverName(host);
    var socket =
        (SSLSocket) settings.context().getSocketFactory().createSocket(plain, name, port, true);
    SSLParameters parameters = socket.getSSLParameters();
    settings.apply(parameters);
    socket.setSSLParameters(parameters);
    socket.setSoTimeout(timeoutMillis);
    socket.startHandshake();
    return socket;
  }
}
