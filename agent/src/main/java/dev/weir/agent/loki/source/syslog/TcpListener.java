package dev.weir.agent.loki.source.syslog;

import dev.weir.agent.component.ComponentContext;
import dev.weir.agent.httpclient.HttpClientArguments.TlsConfig;
import dev.weir.agent.httpclient.TlsSettings;
import dev.weir.agent.loki.intake.SocketAddresses;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/// Accepts connections and reads each on a virtual thread of its own. While a receiver is full its
/// readers wait, and TCP makes the senders wait. Beyond a number of connections new ones wait too.
final class TcpListener implements Listener {
  private static final int BACKLOG = 256;
  private static final int MOST_CONNECTIONS = 1000;
  private static final List<String> PROTOCOLS = List.of("TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3");
  private static final List<String> VERSIONS = List.of("TLS10", "TLS11", "TLS12", "TLS13");
  private static final int OLDEST_BY_DEFAULT = 2;

  private final ComponentContext context;
  private final SyslogMetrics metrics;
  private final ServerSocket server;
  private final Semaphore places = new Semaphore(MOST_CONNECTIONS);
  private final ExecutorService threads;
  private volatile SyslogSettings settings;
  private volatile @Nullable TlsSettings tls;
  private volatile boolean stopping;

  /// Binds and starts to accept.
  ///
  /// @throws IOException when the address cannot be had or certificates cannot be read
  TcpListener(ComponentContext context, SyslogMetrics metrics, SyslogSettings settings)
      throws IOException {
    this.context = context;
    this.metrics = metrics;
    this.settings = settings;
    this.tls = tls(settings);
    InetSocketAddress address = SocketAddresses.resolved(settings.arguments().address());
    if (address.isUnresolved()) {
      throw new IOException("unknown host in " + settings.arguments().address());
    }
    server = new ServerSocket();
    try {
      server.setReuseAddress(true);
      server.bind(address, BACKLOG);
    } catch (IOException e) {
      server.close();
      throw e;
    }
    threads = Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("syslog-", 0).factory());
    threads.execute(this::accept);
  }

  private static @Nullable TlsSettings tls(SyslogSettings settings) throws IOException {
    TlsConfig config = settings.arguments().tlsConfig();
    if (config == null) {
      return null;
    }
    var tls = new TlsSettings(config);
    tls.context();
    return tls;
  }

  @Override
  public InetSocketAddress address() {
    return (InetSocketAddress) server.getLocalSocketAddress();
  }

  @Override
  public void update(SyslogSettings next) throws IOException {
    TlsConfig wanted = next.arguments().tlsConfig();
    if (wanted != null && !wanted.equals(settings.arguments().tlsConfig())) {
      tls = tls(next);
    }
    settings = next;
  }

  private void accept() {
    try {
      while (!stopping) {
        places.acquire();
        Socket socket = accepted();
        if (socket == null) {
          places.release();
        } else {
          threads.execute(() -> serve(socket));
        }
      }
    } catch (InterruptedException e) {
      // Stopped.
    }
  }

  private @Nullable Socket accepted() throws InterruptedException {
    try {
      return server.accept();
    } catch (IOException e) {
      if (!stopping) {
        context.log().atWarn().addKeyValue("err", e.getMessage()).log("no connection accepted");
        // Out of file descriptors, say: it will not be over at once.
        places.tryAcquire(MOST_CONNECTIONS + 1, 100, TimeUnit.MILLISECONDS);
      }
      return null;
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      var connection = new TcpConnection(socket, context, metrics, () -> settings, () -> stopping);
      connection.run(secured(socket));
    } catch (IOException e) {
      context.log().atDebug().addKeyValue("err", e.getMessage()).log("syslog connection ended");
    } catch (InterruptedException e) {
      // Stopped; what the receivers did not take is counted.
    } finally {
      places.release();
    }
  }

  private Socket secured(Socket socket) throws IOException {
    TlsSettings current = tls;
    TlsConfig config = settings.arguments().tlsConfig();
    if (current == null || config == null) {
      return socket;
    }
    SSLSocket secure;
    synchronized (current) {
      secure =
          (SSLSocket)
              current
                  .context()
                  .getSocketFactory()
                  .createSocket(socket, null, socket.getPort(), true);
    }
    secure.setUseClientMode(false);
    secure.setNeedClientAuth(config.caPem() != null || config.caFile() != null);
    String least = config.minVersion();
    int first = least == null ? OLDEST_BY_DEFAULT : VERSIONS.indexOf(least);
    secure.setEnabledProtocols(PROTOCOLS.subList(first, PROTOCOLS.size()).toArray(String[]::new));
    return secure;
  }

  @Override
  public void stop(Duration limit) throws InterruptedException {
    stopping = true;
    try {
      server.close();
    } catch (IOException e) {
      context.log().atDebug().addKeyValue("err", e.getMessage()).log("syslog socket was closed");
    }
    threads.shutdown();
    try {
      if (!threads.awaitTermination(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        context.log().atWarn().log("receivers did not take what had arrived");
      }
    } finally {
      threads.shutdownNow();
      threads.close();
    }
  }
}
