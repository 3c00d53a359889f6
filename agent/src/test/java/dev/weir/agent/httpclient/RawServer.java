package dev.weir.agent.httpclient;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/// A server whose every answer is written by the test, byte by byte.
final class RawServer implements AutoCloseable {
  private final ServerSocket server;
  private final Conversation conversation;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final AtomicInteger connections = new AtomicInteger();

  /// What happens on a connection; it is closed at the end.
  @FunctionalInterface
  interface Conversation {
    void hold(RawServer server, Socket socket) throws IOException;
  }

  RawServer(ServerSocket server, Conversation conversation) {
    this.server = server;
    this.conversation = conversation;
    Thread.ofVirtual().start(this::listen);
  }

  RawServer(Conversation conversation) throws IOException {
    this(new ServerSocket(0, 50, localhost()), conversation);
  }

  /// A server that gives every request the same answer.
  static RawServer answering(String answer) throws IOException {
    return new RawServer((server, socket) -> {
      while (!server.request(socket).isEmpty()) {
        write(socket, answer);
      }
    });
  }

  static InetAddress localhost() throws IOException {
    return InetAddress.getByAddress("localhost", new byte[] {127, 0, 0, 1});
  }

  static void write(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    socket.getOutputStream().flush();
  }

  int port() {
    return server.getLocalPort();
  }

  String url() {
    return "http://127.0.0.1:" + port() + "/";
  }

  int connections() {
    return connections.get();
  }

  /// Every request's head and body, as text.
  List<String> requests() {
    return List.copyOf(requests);
  }

  private void listen() {
    try {
      while (true) {
        Socket socket = server.accept();
        sockets.add(socket);
        connections.incrementAndGet();
        Thread.ofVirtual().start(() -> serve(socket));
      }
    } catch (IOException e) {
      // The end.
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      conversation.hold(this, socket);
    } catch (IOException e) {
      // The client has gone.
    }
  }

  /// Reads a request, empty at the end of the connection.
  String request(Socket socket) throws IOException {
    InputStream in = socket.getInputStream();
    var head = new ByteArrayOutputStream();
    while (!head.toString(StandardCharsets.UTF_8).endsWith("\r\n\r\n")) {
      int b = in.read();
      if (b < 0) {
        return "";
      }
      head.write(b);
    }
    String text = head.toString(StandardCharsets.UTF_8);
    text += new String(in.readNBytes(contentLength(text)), StandardCharsets.UTF_8);
    requests.add(text);
    return text;
  }

  private static int contentLength(String head) {
    return head.lines()
        .filter(line -> line.startsWith("Content-Length: "))
        .mapToInt(line -> Integer.parseInt(line.substring(16)))
        .findFirst()
        .orElse(0);
  }

  @Override
  public void close() {
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
