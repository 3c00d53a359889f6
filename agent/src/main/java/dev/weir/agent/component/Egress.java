package dev.weir.agent.component;

import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Where a configuration's connections may lead. Immutable.
///
/// Names are asked about before they are looked up, and each address before it is connected to: a
/// name that is allowed may well resolve to what is not.
public final class Egress {
  /// Everything is allowed.
  public static final Egress OPEN = new Egress(List.of(), List.of(), false);

  private final List<AddressRange> deniedRanges;
  private final List<HostPattern> allowedHosts;
  private final boolean requireTls;

  /// @param deniedRanges in CIDR notation: `10.0.0.0/8`, `fe80::/10`; a range of IPv4 covers the
  ///   IPv6 addresses that carry one
  /// @param allowedHosts names, in which `*` stands for one or more characters: `*.example.com`;
  ///   empty for any
  /// @param requireTls whether nothing may be sent in the clear
  /// @throws IllegalArgumentException with the message for the user
  public Egress(List<String> deniedRanges, List<String> allowedHosts, boolean requireTls) {
    this.deniedRanges = deniedRanges.stream().map(AddressRange::parse).toList();
    this.allowedHosts = allowedHosts.stream().map(HostPattern::of).toList();
    this.requireTls = requireTls;
  }

  /// Whether there is nothing to ask about.
  public boolean isOpen() {
    return deniedRanges.isEmpty() && allowedHosts.isEmpty() && !requireTls;
  }

  /// Whether only hosts that match a list may be reached.
  public boolean namesHosts() {
    return !allowedHosts.isEmpty();
  }

  /// Why a server may not be spoken to, null when it may.
  ///
  /// @param host a name or literal address, also in brackets
  /// @param secure whether it would be over TLS
  public @Nullable String refusal(String host, boolean secure) {
    if (requireTls && !secure) {
      return "destination denied: only https is allowed";
    }
    String bare = bare(host).toLowerCase(Locale.ROOT);
    String name = bare.endsWith(".") ? bare.substring(0, bare.length() - 1) : bare;
    if (namesHosts() && allowedHosts.stream().noneMatch(pattern -> pattern.matches(name))) {
      return "destination denied: host " + name + " is not in the list of allowed hosts";
    }
    return null;
  }

  /// Why an address may not be connected to, null when it may.
  public @Nullable String refusal(InetAddress address) {
    byte[] bytes = AddressRange.unwrapped(address.getAddress());
    for (AddressRange range : deniedRanges) {
      if (range.contains(bytes) || range.contains(address.getAddress())) {
        return "destination denied: address "
            + address.getHostAddress()
            + " is in the denied range "
            + range;
      }
    }
    return null;
  }

  private static String bare(String host) {
    return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
  }
}
