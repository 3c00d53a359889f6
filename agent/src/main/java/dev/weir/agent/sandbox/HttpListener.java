package dev.weir.agent.sandbox;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Accepts connections and serves each on a virtual thread of its own. Closing it ends and joins
/// them all.
final class HttpListener implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(HttpListener.class);
  private static final int BACKLOG = 1024;
  private static final long ACCEPT_PAUSE_NANOS = 10_000_000;

  private final ServerSocket server;
  private final HttpConnection.Handler handler;
  private final int maxBody;
  private final Set<HttpConnection> connections = ConcurrentHashMap.newKeySet();
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("sandbox-", 0).factory());

  HttpListener(
      InetSocketAddress address,
      @Nullable SSLContext tls,
      HttpConnection.Handler handler,
      int maxBody)
      throws IOException {
    this.handler = handler;
    this.maxBody = maxBody;
    server = tls == null ? new ServerSocket() : tls.getServerSocketFactory().createServerSocket();
    try {
      server.setReuseAddress(true);
      server.bind(address, BACKLOG);
    } catch (IOException e) {
      server.close();
      throw e;
    }
    threads.execute(this::accept);
  }

  int port() {
    return server.getLocalPort();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        threads.execute(() -> serve(socket));
      } catch (IOException e) {
        log.atDebug().addKeyValue("error", e.toString()).log("no connection accepted");
        // Out of file descriptors, say: it will not be over at once.
        LockSupport.parkNanos(ACCEPT_PAUSE_NANOS);
      }
    }
  }

  private void serve(Socket socket) {
    try (socket;
        var connection = new HttpConnection(socket, handler, maxBody)) {
      connections.add(connection);
      // Closed between accept and here: nobody else would end this connection.
      if (server.isClosed()) {
        return;
      }
      try {
        connection.run();
      } finally {
        connections.remove(connection);
      }
    } catch (IOException e) {
      log.atDebug().addKeyValue("error", e.toString()).log("connection ended");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (HttpConnection connection : connections) {
      connection.close();
    }
    threads.shutdownNow();
    threads.close();
  }
}
