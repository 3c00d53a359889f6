package dev.weir.agent.docker;

import com.github.dockerjava.transport.DockerHttpClient;
import dev.weir.agent.httpclient.Header;
import dev.weir.agent.httpclient.ServerAccess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// docker-java's transport for an agent that only looks: `GET` of a few paths, nothing else.
///
/// Access to an Engine's socket is as good as being root. Here no other request can be made
/// whatever goes wrong above: the only verb is in the code, and paths outside the list are refused.
/// Each request has a connection of its own, which is cheap on a Unix socket; log streams are read
/// as [ConnectionInput] says, and hold no second buffer in between.
///
/// Thread-safe. A call ends with [UncheckedIOException] when its thread is interrupted.
final class EngineTransport implements DockerHttpClient {
  private static final Pattern ALLOWED =
      Pattern.compile(
          "(?:/v[0-9.]+)?/(?:_ping|version|info|events|networks|containers/json"
              + "|containers/[A-Za-z0-9][A-Za-z0-9_.-]*/(?:json|logs))(?:\\?[!-~]*)?");

  private static final Duration AUTHORIZATION_TIMEOUT = Duration.ofSeconds(20);

  private final EngineHost host;
  private final @Nullable ServerAccess access;

  /// @param access to `http` and `https` hosts; null for others, which need none
  EngineTransport(EngineHost host, @Nullable ServerAccess access) {
    this.host = host;
    this.access = access;
  }

  @Override
  public Response execute(Request request) {
    if (!request.method().equals("GET") || !ALLOWED.matcher(request.path()).matches()) {
      throw new IllegalArgumentException(
          "request to the Docker Engine refused: " + request.method() + " " + request.path());
    }
    EngineConnection connection = null;
    try {
      connection = EngineConnection.open(host, access);
      connection.write(head(request.path()));
      return EngineAnswer.read(connection);
    } catch (IOException e) {
      if (connection != null) {
        closeQuietly(connection);
      }
      throw new UncheckedIOException(e);
    }
  }

  private byte[] head(String path) throws IOException {
    var text = new StringBuilder("GET ");
    switch (host) {
      case EngineHost.UnixSocket _ -> text.append(path).append(" HTTP/1.1\r\nHost: docker");
      case EngineHost.Tcp tcp ->
          text.append(tcp.prefix())
              .append(path)
              .append(" HTTP/1.1\r\nHost: ")
              .append(authority(tcp));
    }
    text.append("\r\nUser-Agent: weir\r\nAccept: */*\r\nConnection: close\r\n");
    if (access != null) {
      for (Header header : access.headers(AUTHORIZATION_TIMEOUT)) {
        text.append(header.name()).append(": ").append(header.value()).append("\r\n");
      }
    }
    return text.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  private static String authority(EngineHost.Tcp target) {
    return target.name() + ":" + target.port();
  }

  private static void closeQuietly(EngineConnection connection) {
    try {
      connection.close();
    } catch (IOException _) {
      // The request has failed already, for a better reason.
    }
  }

  @Override
  public void close() {}
}
