package dev.weir.agent.docker;

import java.net.URI;
import java.nio.file.Path;

/// Where an Engine listens, as `host` arguments give it.
sealed interface EngineHost {
  /// A Unix domain socket: `unix:///var/run/docker.sock`.
  record UnixSocket(Path path) implements EngineHost {
    @Override
    public String toString() {
      return "unix://" + path;
    }
  }

  /// TCP: `tcp://`, `http://` or `https://`.
  ///
  /// @param scheme as it was given
  /// @param prefix of every path, empty or starting with a slash
  record Tcp(String scheme, String name, int port, String prefix) implements EngineHost {
    boolean tls() {
      return scheme.equals("https");
    }

    @Override
    public String toString() {
      return scheme + "://" + name + ":" + port + prefix;
    }
  }

  /// Reads the text of a `host` argument.
  ///
  /// @throws IllegalArgumentException when it is not one of the four kinds, with a message for the
  ///   user
  static EngineHost parse(String text) {
    URI uri;
    try {
      uri = URI.create(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("invalid Docker host \"" + text + "\"", e);
    }
    String scheme = uri.getScheme() == null ? "" : uri.getScheme();
    return switch (scheme) {
      case "unix" -> unix(text);
      case "tcp" -> tcp(uri, text, 2375);
      case "http" -> tcp(uri, text, 80);
      case "https" -> tcp(uri, text, 443);
      default ->
          throw new IllegalArgumentException(
              "unable to parse docker host \""
                  + text
                  + "\": expected unix://, tcp://, http:// or https://");
    };
  }

  private static EngineHost unix(String text) {
    String path = text.substring("unix://".length());
    if (path.isEmpty()) {
      throw new IllegalArgumentException("Docker host \"" + text + "\" names no socket");
    }
    return new UnixSocket(Path.of(path));
  }

  private static EngineHost tcp(URI uri, String text, int defaultPort) {
    if (uri.getHost() == null) {
      throw new IllegalArgumentException("Docker host \"" + text + "\" names no host");
    }
    int port = uri.getPort() < 0 ? defaultPort : uri.getPort();
    String path = uri.getRawPath() == null ? "" : uri.getRawPath();
    String prefix = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    return new Tcp(uri.getScheme(), uri.getHost(), port, prefix);
  }
}
