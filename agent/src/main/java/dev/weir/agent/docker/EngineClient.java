package dev.weir.agent.docker;

import com.github.dockerjava.transport.DockerHttpClient;
import dev.weir.agent.httpclient.HttpClientArguments;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Makes a transport from a host and the client settings of `http` and `https` hosts.
final class EngineClient {
  private EngineClient() {}

  static DockerHttpClient transport(EngineHost host, @Nullable HttpClientArguments client) {
    EngineTls tls = null;
    if (host instanceof EngineHost.Tcp tcp && tcp.tls()) {
      throw new IllegalArgumentException(
          "TLS to a Docker Engine needs http_client_config" + client);
    }
    return new EngineTransport(host, tls, Map.of());
  }
}
