package dev.weir.agent.httpclient;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// One item of a `no_proxy` list: `*`, a domain with or without its own name (`.example.com`), an
/// address, or a network (`10.0.0.0/8`); a port may follow the first three.
final class ProxyException {
  private static final Pattern ADDRESS =
      Pattern.compile("[0-9.]+|\\[?[0-9a-fA-F:.]*:[0-9a-fA-F:.]*]?");

  private final String name;
  private final int port;
  private final int prefix;

  ProxyException(String text) {
    String rest = text.toLowerCase(Locale.ROOT);
    int slash = rest.indexOf('/');
    int colon = rest.lastIndexOf(':');
    boolean hasPort = colon > 0 && (rest.indexOf(':') == colon || rest.charAt(colon - 1) == ']');
    this.prefix = slash < 0 ? -1 : number(rest.substring(slash + 1));
    this.port = slash < 0 && hasPort ? number(rest.substring(colon + 1)) : -1;
    int end = slash >= 0 ? slash : port >= 0 ? colon : rest.length();
    this.name = rest.substring(0, end);
  }

  private static int number(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  boolean covers(String host, int hostPort) {
    if (port >= 0 && port != hostPort) {
      return false;
    }
    String lower = host.toLowerCase(Locale.ROOT);
    if (name.equals("*")) {
      return true;
    }
    byte[] network = address(name);
    if (network != null) {
      return inNetwork(address(lower), network);
    }
    String bare = name.startsWith("*.") ? name.substring(1) : name;
    return bare.startsWith(".")
        ? lower.endsWith(bare)
        : lower.equals(bare) || lower.endsWith("." + bare);
  }

  private boolean inNetwork(byte @Nullable [] address, byte[] network) {
    if (address == null || address.length != network.length) {
      return false;
    }
    int bits = prefix < 0 ? 8 * network.length : Math.min(prefix, 8 * network.length);
    for (int i = 0; i < bits; i++) {
      int mask = 0x80 >> i % 8;
      if ((address[i / 8] & mask) != (network[i / 8] & mask)) {
        return false;
      }
    }
    return true;
  }

  static boolean isThisMachine(String host) {
    if (host.equalsIgnoreCase("localhost")) {
      return true;
    }
    byte[] address = address(host);
    try {
      return address != null && InetAddress.getByAddress(address).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  /// The bytes of a literal address, null for anything else; nothing is looked up.
  private static byte @Nullable [] address(String text) {
    if (!ADDRESS.matcher(text).matches()) {
      return null;
    }
    try {
      return InetAddress.ofLiteral(text.replace("[", "").replace("]", "")).getAddress();
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
