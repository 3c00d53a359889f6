package dev.weir.agent.loki.intake;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Addresses to listen at, as text.
public final class SocketAddresses {
  private static final Pattern FORM = Pattern.compile("(?:\\[([^\\]]*)\\]|([^:]*)):([0-9]{1,5})");

  private SocketAddresses() {}

  /// Reads `host:port`, `[::1]:port` or `:port`. A name is not looked up yet.
  ///
  /// @throws IllegalArgumentException when the text is none of these
  public static InetSocketAddress parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches() || Integer.parseInt(matcher.group(3)) > 65535) {
      throw new IllegalArgumentException("\"" + text + "\" is not an address host:port");
    }
    String host = matcher.group(1) != null ? matcher.group(1) : matcher.group(2);
    return InetSocketAddress.createUnresolved(host, Integer.parseInt(matcher.group(3)));
  }

  /// The address to bind to; looks the name up.
  public static InetSocketAddress resolved(String text) {
    InetSocketAddress parsed = parse(text);
    String host = parsed.getHostString();
    return host.isEmpty()
        ? new InetSocketAddress(parsed.getPort())
        : new InetSocketAddress(host, parsed.getPort());
  }

  /// The form that users see.
  public static String shown(InetSocketAddress address) {
    InetAddress ip = address.getAddress();
    String host = ip == null ? address.getHostString() : ip.getHostAddress();
    return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + address.getPort();
  }
}
