package dev.weir.agent.demo;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Finds the Docker Engine of this machine.
final class Engines {
  private static final String USUAL = "unix:///var/run/docker.sock";
  private static final String UNIX = "unix://";

  private Engines() {}

  /// The address in `DOCKER_HOST`, or the usual socket if it answers.
  static Optional<String> local() {
    @Nullable String host = System.getenv("DOCKER_HOST");
    String engine = host == null || host.isEmpty() ? USUAL : host;
    return !engine.startsWith(UNIX) || accepts(engine.substring(UNIX.length()))
        ? Optional.of(engine)
        : Optional.empty();
  }

  private static boolean accepts(String socket) {
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      return channel.connect(UnixDomainSocketAddress.of(socket));
    } catch (IOException e) {
      return false;
    }
  }
}
