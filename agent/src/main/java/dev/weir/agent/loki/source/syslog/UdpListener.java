package dev.weir.agent.loki.source.syslog;

import dev.weir.agent.component.ComponentContext;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.Map;

/// Reads datagrams, as many as wait at a time, on one thread. While a receiver is full they wait in
/// the socket's buffer; those that find it full the kernel drops and counts.
final class UdpListener implements Listener {
  private static final int SOCKET_BUFFER = 1 << 20;
  private static final int ARENA = 128 * 1024;
  private static final int LAST_DATAGRAMS = 10_000;

  private final ComponentContext context;
  private final DatagramChannel channel;
  private final Selector selector;
  private final EntryWriter writer;
  private final Thread thread;
  private volatile SyslogSettings settings;
  private volatile boolean stopping;
  private SyslogSettings current;
  private Map<InetAddress, MessageLabels> senders;
  private byte[] arena = {};
  private int used;

  /// Binds and starts to read.
  ///
  /// @throws IOException when the address cannot be had
  UdpListener(ComponentContext context, SyslogMetrics metrics, SyslogSettings settings)
      throws IOException {
    this.context = context;
    this.settings = settings;
    this.current = settings;
    senders = HostNames.cache(settings.arguments().udpHostCacheSize());
    InetSocketAddress address = SocketAddresses.resolved(settings.arguments().address());
    if (address.isUnresolved()) {
      throw new IOException("unknown host in " + settings.arguments().address());
    }
    channel = DatagramChannel.open();
    selector = Selector.open();
    try {
      channel.setOption(StandardSocketOptions.SO_RCVBUF, SOCKET_BUFFER);
      channel.bind(address);
      channel.configureBlocking(false);
      channel.register(selector, SelectionKey.OP_READ);
    } catch (IOException e) {
      close();
      throw e;
    }
    writer = new EntryWriter(context.id() + "-udp", context.clock(), metrics);
    thread = Thread.ofPlatform().daemon().name(context.id() + "-udp").start(this::run);
  }

  @Override
  public InetSocketAddress address() {
    try {
      return (InetSocketAddress) channel.getLocalAddress();
    } catch (IOException e) {
      return SocketAddresses.parse(settings.arguments().address());
    }
  }

  @Override
  public void update(SyslogSettings next) {
    settings = next;
    selector.wakeup();
  }

  private void run() {
    try (writer) {
      while (!stopping) {
        selector.select();
        selector.selectedKeys().clear();
        renew();
        readAll(Integer.MAX_VALUE);
      }
      readAll(LAST_DATAGRAMS);
    } catch (ClosedChannelException e) {
      context.log().atDebug().log("UDP socket closed");
    } catch (IOException e) {
      context.log().atError().addKeyValue("err", e.getMessage()).log("UDP socket broken");
    } catch (InterruptedException e) {
      // Stopped; what the receivers did not take is counted.
    }
  }

  private void renew() {
    SyslogSettings newest = settings;
    if (!newest.equals(current)) {
      current = newest;
      senders = HostNames.cache(newest.arguments().udpHostCacheSize());
    }
    int longest = current.arguments().maxMessageLength();
    if (arena.length < Math.max(ARENA, 2 * longest)) {
      arena = new byte[Math.max(ARENA, 2 * longest)];
    }
  }

  private void readAll(int most) throws IOException, InterruptedException {
    renew();
    int longest = current.arguments().maxMessageLength();
    for (int i = 0; i < most && !(stopping && most == Integer.MAX_VALUE); i++) {
      if (arena.length - used < longest) {
        flush();
      }
      ByteBuffer room = ByteBuffer.wrap(arena, used, longest);
      SocketAddress sender = channel.receive(room);
      if (sender == null) {
        break;
      }
      datagram(((InetSocketAddress) sender).getAddress(), used, room.position());
      used = room.position();
    }
    flush();
  }

  private void flush() throws InterruptedException {
    writer.flush(current);
    used = 0;
  }

  /// A datagram holds messages with their lengths, or one message, or several lines that start as
  /// messages do.
  private void datagram(InetAddress sender, int from, int end) throws InterruptedException {
    MessageLabels labels =
        senders.computeIfAbsent(
            sender,
            of -> new MessageLabels(current, of.getHostAddress(), HostNames.of(of, current)));
    var framing = new Framing();
    boolean counted = end > from && arena[from] >= '0' && arena[from] <= '9';
    if (counted || current.isRaw()) {
      framing.read(arena, from, end, true, current, new Sink(labels));
      return;
    }
    int start = from;
    for (int at = from; at < end; at++) {
      boolean next = arena[at] == '\n' && at + 1 < end && arena[at + 1] == '<';
      if (next) {
        message(labels, start, at);
        start = at + 1;
      }
    }
    message(labels, start, end);
  }

  private void message(MessageLabels labels, int from, int end) throws InterruptedException {
    int last = end;
    while (last > from
        && (arena[last - 1] == '\n' || arena[last - 1] == '\r' || arena[last - 1] == 0)) {
      last--;
    }
    if (last > from) {
      writer.add(current, labels, arena, from, last);
    }
  }

  private final class Sink implements Framing.Sink {
    private final MessageLabels labels;

    Sink(MessageLabels labels) {
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

  private void close() {
    try (DatagramChannel _ = channel;
        Selector _ = selector) {
      // Both end here.
    } catch (IOException e) {
      context.log().atDebug().addKeyValue("err", e.getMessage()).log("UDP socket not closed");
    }
  }

  @Override
  public void stop(Duration limit) throws InterruptedException {
    stopping = true;
    selector.wakeup();
    try {
      if (!thread.join(limit)) {
        context.log().atWarn().log("receivers did not take what had arrived");
      }
    } finally {
      thread.interrupt();
      thread.join();
      close();
    }
  }
}
