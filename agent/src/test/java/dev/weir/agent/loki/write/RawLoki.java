package dev.weir.agent.loki.write;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/// A server whose behaviour on each connection is up to the test, down to the bytes.
final class RawLoki implements AutoCloseable {
  private final ServerSocket server;
  private final Conversation conversation;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final List<ScriptedLoki.Line> stored = new CopyOnWriteArrayList<>();
  private final List<List<Byte>> bodies = new CopyOnWriteArrayList<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final AtomicInteger connections = new AtomicInteger();

  /// What happens on a connection; it is closed at the end.
  @FunctionalInterface
  interface Conversation {
    /// Reads and answers.
    ///
    /// @param number of the connection, from 1
    void hold(RawLoki loki, Socket socket, int number) throws IOException;
  }

  RawLoki(Conversation conversation) throws IOException {
    this.server = new ServerSocket(0, 50, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
    this.conversation = conversation;
    Thread.ofVirtual().start(this::listen);
  }

  /// One that answers its first push with this, and then takes everything.
  static RawLoki first(String answer) throws IOException {
    return new RawLoki((loki, socket, number) -> {
      boolean first = loki.bodies.isEmpty();
      while (loki.push(socket, !first)) {
        write(socket, first ? answer : "HTTP/1.1 204 No Content\r\n\r\n");
        if (first && !answer.startsWith("HTTP/1.1 4")) {
          return;
        }
        first = false;
      }
    });
  }

  static void write(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    socket.getOutputStream().flush();
  }

  /// Reads a push; false when there is none.
  ///
  /// @param store whether its entries count as stored
  boolean push(Socket socket, boolean store) throws IOException {
    InputStream in = socket.getInputStream();
    var head = new ByteArrayOutputStream();
    while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
      int next = in.read();
      if (next < 0) {
        return false;
      }
      head.write(next);
    }
    byte[] body = in.readNBytes(length(head.toString(StandardCharsets.ISO_8859_1)));
    bodies.add(java.util.stream.IntStream.range(0, body.length).mapToObj(i -> body[i]).toList());
    if (store) {
      stored.addAll(ScriptedLoki.decode(body));
    }
    return true;
  }

  private static int length(String head) {
    return head.lines()
        .map(line -> line.toLowerCase(Locale.ROOT))
        .filter(line -> line.startsWith("content-length: "))
        .mapToInt(line -> Integer.parseInt(line.substring("content-length: ".length())))
        .findFirst()
        .orElse(0);
  }

  /// Keeps the connection until the server is closed, without reading.
  void keepOpen() {
    try {
      closed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void listen() {
    try {
      while (true) {
        Socket socket = server.accept();
        sockets.add(socket);
        int number = connections.incrementAndGet();
        Thread.ofVirtual().start(() -> serve(socket, number));
      }
    } catch (IOException e) {
      // The end.
    }
  }

  private void serve(Socket socket, int number) {
    try (socket) {
      conversation.hold(this, socket, number);
    } catch (IOException e) {
      // The client has gone.
    }
  }

  String url() {
    return "http://127.0.0.1:" + server.getLocalPort() + "/loki/api/v1/push";
  }

  int connections() {
    return connections.get();
  }

  /// The bodies of all pushes that came whole.
  List<List<Byte>> bodies() {
    return List.copyOf(bodies);
  }

  List<ScriptedLoki.Line> stored() {
    return List.copyOf(stored);
  }

  @Override
  public void close() {
    closed.countDown();
    try {
      server.close();
      for (Socket socket : sockets) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
