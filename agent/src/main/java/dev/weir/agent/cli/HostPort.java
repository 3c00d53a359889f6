package dev.weir.agent.cli;

import java.net.InetSocketAddress;

/// Reads `HOST:PORT`; an empty host means every address.
final class HostPort {
  private static final int MAX_PORT = 65535;

  private HostPort() {}

  static InetSocketAddress parse(String text) {
    int colon = text.lastIndexOf(':');
    if (colon < 0) {
      throw new IllegalArgumentException("address " + text + ": missing port in address");
    }
    String host = text.substring(0, colon).replaceAll("^\\[|]$", "");
    int port;
    try {
      port = Integer.parseInt(text.substring(colon + 1));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("address " + text + ": invalid port", e);
    }
    if (port < 0 || port > MAX_PORT) {
      throw new IllegalArgumentException("address " + text + ": invalid port");
    }
    return host.isEmpty() ? new InetSocketAddress(port) : new InetSocketAddress(host, port);
  }
}
