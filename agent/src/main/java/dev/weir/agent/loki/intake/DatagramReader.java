package dev.weir.agent.loki.intake;

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
import org.slf4j.Logger;

/// Reads datagrams, as many as wait at a time, on one thread. While a receiver is full they wait in
/// the socket's buffer; those that find it full the kernel drops and counts ([KernelDrops]).
///
/// Thread-safe.
public final class DatagramReader {
  private static final int SOCKET_BUFFER = 1 << 20;
  private static final int ARENA = 128 * 1024;
  private static final int LAST_DATAGRAMS = 10_000;

  /// Takes datagrams; called by the reader's thread alone.
  public interface Sink {
    /// Begins a round of reading; returns how long a datagram may be, what is longer is cut.
    int begin();

    /// A datagram. Its bytes do not change before the next [#flush].
    void datagram(InetAddress sender, byte[] buffer, int from, int end) throws InterruptedException;

    /// Passes on what was read; waits while receivers are full.
    void flush() throws InterruptedException;

    /// No more will come.
    void ended();
  }

  private final Sink sink;
  private final Logger log;
  private final DatagramChannel channel;
  private final Selector selector;
  private final Thread thread;
  private volatile boolean stopping;
  private byte[] arena = {};
  private int used;

  /// Binds and starts to read.
  ///
  /// @param address as [SocketAddresses] reads it
  /// @throws IOException when the address cannot be had
  public DatagramReader(String name, String address, Sink sink, Logger log) throws IOException {
    this.sink = sink;
    this.log = log;
    InetSocketAddress resolved = SocketAddresses.resolved(address);
    if (resolved.isUnresolved()) {
      throw new IOException("unknown host in " + address);
    }
    channel = DatagramChannel.open();
    selector = Selector.open();
    try {
      channel.setOption(StandardSocketOptions.SO_RCVBUF, SOCKET_BUFFER);
      channel.bind(resolved);
      channel.configureBlocking(false);
      channel.register(selector, SelectionKey.OP_READ);
    } catch (IOException e) {
      close();
      throw e;
    }
    // Not a virtual thread: it would hold its carrier while it waits for the selector.
    thread = Thread.ofPlatform().daemon().name(name + "-udp").start(this::run);
  }

  /// Where it reads, with the real port.
  ///
  /// @throws IOException when it is closed
  public InetSocketAddress address() throws IOException {
    return (InetSocketAddress) channel.getLocalAddress();
  }

  private void run() {
    try {
      while (!stopping) {
        selector.select();
        selector.selectedKeys().clear();
        readAll(Integer.MAX_VALUE);
      }
      readAll(LAST_DATAGRAMS);
    } catch (ClosedChannelException e) {
      log.atDebug().log("UDP socket closed");
    } catch (IOException e) {
      log.atError().addKeyValue("err", e.getMessage()).log("UDP socket broken");
    } catch (InterruptedException e) {
      // Stopped; what the receivers did not take is counted.
    } finally {
      sink.ended();
    }
  }

  private void readAll(int most) throws IOException, InterruptedException {
    int longest = sink.begin();
    if (arena.length < Math.max(ARENA, 2 * longest)) {
      arena = new byte[Math.max(ARENA, 2 * longest)];
    }
    for (int i = 0; i < most && !(stopping && most == Integer.MAX_VALUE); i++) {
      if (arena.length - used < longest) {
        flush();
      }
      ByteBuffer room = ByteBuffer.wrap(arena, used, longest);
      SocketAddress sender = channel.receive(room);
      if (sender == null) {
        break;
      }
      int from = used;
      used = room.position();
      sink.datagram(((InetSocketAddress) sender).getAddress(), arena, from, used);
    }
    flush();
  }

  private void flush() throws InterruptedException {
    sink.flush();
    used = 0;
  }

  private void close() {
    try (DatagramChannel _ = channel;
        Selector _ = selector) {
      // Both end here.
    } catch (IOException e) {
      log.atDebug().addKeyValue("err", e.getMessage()).log("UDP socket not closed");
    }
  }

  /// Stops, once what has arrived is passed on.
  ///
  /// @param limit how long receivers may take for it
  public void stop(Duration limit) throws InterruptedException {
    stopping = true;
    selector.wakeup();
    try {
      if (!thread.join(limit)) {
        log.atWarn().log("receivers did not take what had arrived");
      }
    } finally {
      thread.interrupt();
      thread.join();
      close();
    }
  }
}
