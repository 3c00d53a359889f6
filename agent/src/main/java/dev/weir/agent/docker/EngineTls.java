package dev.weir.agent.docker;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/// How TLS is spoken with an Engine.
///
/// @param serverName to expect instead of the host's name, or null
/// @param verifyName whether the certificate must be for that name
record EngineTls(SSLContext context, @Nullable String serverName, boolean verifyName) {
  /// Sets a socket up, before its handshake.
  void prepare(SSLSocket socket) {
    SSLParameters parameters = socket.getSSLParameters();
    if (verifyName) {
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
    }
    socket.setSSLParameters(parameters);
  }
}
