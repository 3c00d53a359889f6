package dev.weir.agent.httpclient;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/// One connection to a server or proxy, used for one request after the other.
final class HttpConnection implements AutoCloseable {
  /// Up to this size head and body leave in one write, and so mostly in one packet.
  private static final int SMALL = 16 << 10;

  private final Endpoint endpoint;
  private final Socket plain;
  private final OutputStream out;
  private final HttpReader reader;

  /// Where a connection leads; it serves only requests with an equal one.
  ///
  /// @param tlsGeneration grows when certificates on disk change
  record Endpoint(boolean secure, String host, int port, @Nullable URI proxy, long tlsGeneration) {}

  /// @param plain the TCP connection; closing it ends reads and writes of other threads at once,
  ///   which closing a TLS socket does not
  /// @param socket what to speak HTTP over: the same, or TLS over it
  HttpConnection(Endpoint endpoint, Socket plain, Socket socket) throws IOException {
    this.endpoint = endpoint;
    this.plain = plain;
    this.out = socket.getOutputStream();
    this.reader = new HttpReader(socket);
  }

  Endpoint endpoint() {
    return endpoint;
  }

  boolean isReusable() {
    return reader.isReusable();
  }

  boolean answerHasStarted() {
    return reader.hasStarted();
  }

  /// Sends a request and reads its answer.
  HttpResponse exchange(String head, HttpRequest request, long deadline, int bodyLimit)
      throws IOException {
    try {
      write(HttpReader.bytes(head), request);
    } catch (IOException e) {
      return answerDespite(e, request, deadline, bodyLimit);
    }
    return reader.read(request.method(), deadline, bodyLimit);
  }

  /// A server that refuses a large body answers and closes before it has read all of it.
  private HttpResponse answerDespite(
      IOException failure, HttpRequest request, long deadline, int bodyLimit) throws IOException {
    try {
      return reader.read(request.method(), deadline, bodyLimit);
    } catch (IOException e) {
      failure.addSuppressed(e);
      throw failure;
    } finally {
      close();
    }
  }

  private void write(byte[] head, HttpRequest request) throws IOException {
    int length = request.length();
    if (head.length + length > SMALL) {
      out.write(head);
      out.write(request.body(), 0, length);
    } else {
      var all = new byte[head.length + length];
      System.arraycopy(head, 0, all, 0, head.length);
      System.arraycopy(request.body(), 0, all, head.length, length);
      out.write(all);
    }
    out.flush();
  }

  @Override
  public void close() {
    try {
      plain.close();
    } catch (IOException e) {
      // Closed is all it has to be.
    }
  }
}
