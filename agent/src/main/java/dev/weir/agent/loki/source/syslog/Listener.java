package dev.weir.agent.loki.source.syslog;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;

/// A bound socket whose messages become entries. Thread-safe.
interface Listener {
  /// Where it listens, with the real port.
  InetSocketAddress address();

  /// Takes other arguments that listen at the same place.
  ///
  /// @throws IOException when certificates cannot be read
  void update(SyslogSettings settings) throws IOException;

  /// Stops listening, passes on what has arrived, and ends.
  ///
  /// @param limit how long receivers may take for it
  void stop(Duration limit) throws InterruptedException;
}
