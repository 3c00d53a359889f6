package dev.weir.agent.loki.source.syslog;

import dev.weir.agent.component.ComponentContext;
import dev.weir.agent.loki.intake.DatagramReader;
import dev.weir.agent.loki.intake.SocketAddresses;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;

/// Makes entries of datagrams.
final class UdpListener implements Listener, DatagramReader.Sink {
  private final EntryWriter writer;
  private final DatagramReader reader;
  private volatile SyslogSettings settings;
  private SyslogSettings current;
  private Map<InetAddress, MessageLabels> senders;

  /// Binds and starts to read.
  ///
  /// @throws IOException when the address cannot be had
  UdpListener(ComponentContext context, SyslogMetrics metrics, SyslogSettings settings)
      throws IOException {
    this.settings = settings;
    this.current = settings;
    senders = HostNames.cache(settings.arguments().udpHostCacheSize());
    writer = new EntryWriter(context.id() + "-udp", context.clock(), metrics);
    reader = new DatagramReader(context.id(), settings.arguments().address(), this, context.log());
  }

  @Override
  public InetSocketAddress address() {
    try {
      return reader.address();
    } catch (IOException e) {
      return SocketAddresses.parse(settings.arguments().address());
    }
  }

  @Override
  public void update(SyslogSettings next) {
    settings = next;
  }

  @Override
  public int begin() {
    SyslogSettings newest = settings;
    if (!newest.equals(current)) {
      current = newest;
      senders = HostNames.cache(newest.arguments().udpHostCacheSize());
    }
    return current.arguments().maxMessageLength();
  }

  @Override
  public void flush() throws InterruptedException {
    writer.flush(current);
  }

  @Override
  public void ended() {
    writer.close();
  }

  /// A datagram holds messages with their lengths, or one message, or several lines that start as
  /// messages do.
  @Override
  public void datagram(InetAddress sender, byte[] buffer, int from, int end)
      throws InterruptedException {
    MessageLabels labels =
        senders.computeIfAbsent(
            sender,
            of -> new MessageLabels(current, of.getHostAddress(), HostNames.of(of, current)));
    boolean counted = end > from && buffer[from] >= '0' && buffer[from] <= '9';
    if (counted || current.isRaw()) {
      new Framing().read(buffer, from, end, true, current, new Messages(labels));
      return;
    }
    int start = from;
    for (int at = from; at + 1 < end; at++) {
      if (buffer[at] == '\n' && buffer[at + 1] == '<') {
        message(labels, buffer, start, at);
        start = at + 1;
      }
    }
    message(labels, buffer, start, end);
  }

  private void message(MessageLabels labels, byte[] buffer, int from, int end)
      throws InterruptedException {
    int last = end;
    while (last > from && isEnd(buffer[last - 1])) {
      last--;
    }
    if (last > from) {
      writer.add(current, labels, buffer, from, last);
    }
  }

  private static boolean isEnd(byte c) {
    return c == '\n' || c == '\r' || c == 0;
  }

  private final class Messages implements Framing.Sink {
    private final MessageLabels labels;

    Messages(MessageLabels labels) {
      this.labels = labels;
    }

    @Override
    public void message(byte[] buffer, int from, int end) throws InterruptedException {
      writer.add(current, labels, buffer, from, end);
    }

    @Override
    public void malformed() {
      writer.malformed();
    }
  }

  @Override
  public void stop(Duration limit) throws InterruptedException {
    reader.stop(limit);
  }
}
