package dev.weir.agent.http;

import java.net.InetAddress;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Decides by its `Host` header whether a request may be answered.
final class HostCheck {
  private static final Set<String> LOOPBACK_NAMES = Set.of("localhost", "127.0.0.1", "[::1]");

  private final boolean onLoopback;

  /// @param bound the address that the server listens on
  HostCheck(InetAddress bound) {
    this.onLoopback = bound.isLoopbackAddress();
  }

  boolean allows(@Nullable String host) {
    if (!onLoopback) {
      return true;
    }
    return host != null && LOOPBACK_NAMES.contains(withoutPort(host.toLowerCase(Locale.ROOT)));
  }

  private static String withoutPort(String host) {
    int colon = host.lastIndexOf(':');
    return colon > host.lastIndexOf(']') ? host.substring(0, colon) : host;
  }
}
