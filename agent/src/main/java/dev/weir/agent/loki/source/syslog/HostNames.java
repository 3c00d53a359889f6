package dev.weir.agent.loki.source.syslog;

import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.Map;

/// Names of senders' addresses, looked up only for rules that could use them.
final class HostNames {
  private HostNames() {}

  /// The name of an address; empty when it has none or no rule would see it.
  static String of(InetAddress address, SyslogSettings settings) {
    if (settings.rules().rules().isEmpty()) {
      return "";
    }
    String name = address.getHostName();
    return name.equals(address.getHostAddress()) ? "" : name;
  }

  /// Remembers something by address, the least recently used forgotten first.
  static <V> Map<InetAddress, V> cache(int size) {
    return new LinkedHashMap<>(16, 0.75f, true) {
      private static final long serialVersionUID = 1L;

      @Override
      protected boolean removeEldestEntry(Map.Entry<InetAddress, V> eldest) {
        return size() > Math.max(1, size);
      }
    };
  }
}
