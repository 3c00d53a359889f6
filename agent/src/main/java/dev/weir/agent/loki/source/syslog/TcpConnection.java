package dev.weir.agent.loki.source.syslog;

import dev.weir.agent.component.ComponentContext;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import javax.net.ssl.SSLException;

/// Reads the messages of one connection. Belongs to the thread that runs it.
final class TcpConnection implements Framing.Sink {
  private static final int FIRST_BUFFER = 8 * 1024;

  /// How long a reader takes to notice that it is to stop. Java cannot end another thread's read
  /// without losing what the socket holds.
  private static final long LONGEST_WAIT_MILLIS = 500;

  /// What has arrived is there at once.
  private static final long LAST_WAIT_MILLIS = 10;

  /// A length and a blank before a message.
  private static final int LONGEST_PREFIX = 16;

  private final Socket socket;
  private final ComponentContext context;
  private final Supplier<SyslogSettings> settings;
  private final BooleanSupplier stopping;
  private final EntryWriter writer;
  private final Framing framing = new Framing();
  private SyslogSettings current;
  private MessageLabels labels;
  private byte[] buffer = new byte[FIRST_BUFFER];
  private int from;
  private int end;

  TcpConnection(
      Socket socket,
      ComponentContext context,
      SyslogMetrics metrics,
      Supplier<SyslogSettings> settings,
      BooleanSupplier stopping) {
    this.socket = socket;
    this.stopping = stopping;
    this.context = context;
    this.settings = settings;
    current = settings.get();
    labels = labels(current);
    writer = new EntryWriter(context.id() + "-tcp", context.clock(), metrics);
  }

  private MessageLabels labels(SyslogSettings of) {
    InetAddress peer = socket.getInetAddress();
    return new MessageLabels(of, peer.getHostAddress(), HostNames.of(peer, of));
  }

  /// Reads until the sender ends the connection, is silent for too long, or sends what is no
  /// syslog.
  ///
  /// @param readable the socket, or TLS over it
  void run(Socket readable) throws IOException, InterruptedException {
    try (readable;
        writer) {
      InputStream in = readable.getInputStream();
      boolean open = true;
      while (open && !framing.isBroken()) {
        open = readOrEnded(in);
        from = framing.read(buffer, from, end, !open, current, this);
        writer.flush(current);
        renew();
      }
      if (framing.isBroken()) {
        context
            .log()
            .atWarn()
            .addKeyValue("remote", socket.getRemoteSocketAddress())
            .log("invalid or unsupported framing, connection closed");
      }
    }
  }

  /// Reads some bytes; false at the end.
  private boolean read(InputStream in) throws IOException {
    makeRoom();
    long idle = current.arguments().idleTimeout().toMillis();
    long silent = 0;
    while (true) {
      boolean last = stopping.getAsBoolean();
      long wait = last ? LAST_WAIT_MILLIS : Math.min(LONGEST_WAIT_MILLIS, idle - silent);
      try {
        socket.setSoTimeout((int) Math.max(1, wait));
        int read = in.read(buffer, end, buffer.length - end);
        end += Math.max(0, read);
        return read >= 0;
      } catch (SocketTimeoutException e) {
        silent += wait;
        if (last || silent >= idle) {
          return false;
        }
      }
    }
  }

  private boolean readOrEnded(InputStream in) throws IOException {
    try {
      return read(in);
    } catch (SSLException e) {
      // Ended without TLS's own farewell; what came before it is whole.
      context.log().atDebug().addKeyValue("err", e.getMessage()).log("TLS ended");
      return false;
    }
  }

  private void makeRoom() {
    if (from > 0) {
      System.arraycopy(buffer, from, buffer, 0, end - from);
      end -= from;
      from = 0;
    }
    int longest = current.arguments().maxMessageLength() + LONGEST_PREFIX;
    if (end == buffer.length) {
      // A line that is too long is given up at once, so that there is always some room.
      int larger = Math.clamp(2L * buffer.length, buffer.length + 1, Math.max(longest, end + 1));
      buffer = Arrays.copyOf(buffer, larger);
    }
  }

  private void renew() {
    SyslogSettings newest = settings.get();
    if (!newest.equals(current)) {
      current = newest;
      labels = labels(newest);
    }
  }

  @Override
  public void message(byte[] bytes, int start, int stop) throws InterruptedException {
    writer.add(current, labels, bytes, start, stop);
  }

  @Override
  public void malformed() {
    writer.malformed();
  }
}
