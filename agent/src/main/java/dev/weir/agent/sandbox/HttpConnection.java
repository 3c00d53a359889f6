package dev.weir.agent.sandbox;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// One client's connection: reads requests one after the other and hands them to the routes.
///
/// A server of our own rather than the JDK's because faults need the socket: a reset in the middle
/// of a body, an answer that never comes. Belongs to the thread that runs it; [#close] may be
/// called by any.
final class HttpConnection implements AutoCloseable {
  private static final int BUFFER = 64 * 1024;
  private static final int MAX_HEAD = 64 * 1024;
  private static final byte[] CONTINUE =
      "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  /// Answers requests.
  interface Handler {
    /// Answers a request, or returns null when the connection is to be closed without an answer.
    @Nullable HttpAnswer answer(HttpRequest request, HttpConnection connection)
        throws IOException, InterruptedException;
  }

  private final Socket socket;
  private final Handler handler;
  private final int maxBody;
  private final InputStream in;
  private @Nullable HttpRequest current;
  private boolean bodyRead;
  private byte @Nullable [] ignored;

  HttpConnection(Socket socket, Handler handler, int maxBody) throws IOException {
    this.socket = socket;
    this.handler = handler;
    this.maxBody = maxBody;
    socket.setTcpNoDelay(true);
    this.in = new BufferedInputStream(socket.getInputStream(), BUFFER);
  }

  /// Serves requests until the connection ends.
  void run() throws IOException, InterruptedException {
    boolean open = true;
    while (open) {
      List<String> head = head();
      if (head.isEmpty()) {
        return;
      }
      open = serve(head);
    }
  }

  private boolean serve(List<String> head) throws IOException, InterruptedException {
    HttpRequest request;
    try {
      request = HttpRequest.parse(head);
    } catch (BadRequest e) {
      write(HttpAnswer.error(e), false);
      return false;
    }
    current = request;
    bodyRead = false;
    HttpAnswer answer = handler.answer(request, this);
    if (answer == null) {
      return false;
    }
    boolean keepAlive = bodyRead && request.keepsAlive();
    write(answer, keepAlive);
    return keepAlive;
  }

  private void write(HttpAnswer answer, boolean keepAlive) throws IOException {
    socket.getOutputStream().write(answer.encoded(keepAlive));
    socket.getOutputStream().flush();
  }

  /// The lines of a request's head; none at the end of the connection.
  private List<String> head() throws IOException {
    List<String> lines = new ArrayList<>();
    int size = 0;
    while (true) {
      String line = line();
      if (line == null || (line.isEmpty() && !lines.isEmpty())) {
        return line == null ? List.of() : lines;
      }
      size += line.length();
      if (size > MAX_HEAD) {
        throw new IOException("head of request too large");
      }
      if (!line.isEmpty()) {
        lines.add(line);
      }
    }
  }

  private @Nullable String line() throws IOException {
    var line = new ByteArrayOutputStream(80);
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        return null;
      }
      if (line.size() > MAX_HEAD) {
        throw new IOException("head of request too large");
      }
      line.write(c);
    }
    String text = line.toString(StandardCharsets.UTF_8);
    return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
  }

  /// The body of the current request.
  ///
  /// @throws BadRequest if it is too large
  byte[] body() throws IOException, BadRequest {
    HttpRequest request = request();
    invite(request);
    byte[] body = chunked(request) ? chunks() : exactly(length(request));
    bodyRead = true;
    return body;
  }

  /// Reads some bytes of the body and leaves the rest.
  void readSome(int bytes) throws IOException {
    HttpRequest request = request();
    invite(request);
    in.readNBytes(bytes);
  }

  /// Reads and forgets the body. Returns its length, and puts its first bytes into `start`.
  long skipBody(byte[] start) throws IOException, BadRequest {
    HttpRequest request = request();
    if (chunked(request)) {
      byte[] body = body();
      System.arraycopy(body, 0, start, 0, Math.min(start.length, body.length));
      return body.length;
    }
    invite(request);
    int length = length(request);
    skip(length - in.readNBytes(start, 0, Math.min(start.length, length)));
    bodyRead = true;
    return length;
  }

  /// Reads into nowhere. Not with `skip`: that of a socket reads 2 KiB at a time.
  private void skip(int bytes) throws IOException {
    byte[] nowhere = ignored;
    if (nowhere == null) {
      nowhere = new byte[2 * BUFFER];
      ignored = nowhere;
    }
    int left = bytes;
    while (left > 0) {
      int read = in.read(nowhere, 0, Math.min(left, nowhere.length));
      if (read < 0) {
        throw new EOFException("body ends early");
      }
      left -= read;
    }
  }

  private HttpRequest request() {
    HttpRequest request = current;
    if (request == null) {
      throw new IllegalStateException("no request");
    }
    return request;
  }

  private void invite(HttpRequest request) throws IOException {
    if (request.header("expect", "").equalsIgnoreCase("100-continue")) {
      socket.getOutputStream().write(CONTINUE);
      socket.getOutputStream().flush();
    }
  }

  private static boolean chunked(HttpRequest request) {
    return request.header("transfer-encoding", "").toLowerCase(Locale.ROOT).contains("chunked");
  }

  private int length(HttpRequest request) throws IOException, BadRequest {
    long length;
    try {
      length = Long.parseLong(request.header("content-length", "0"));
    } catch (NumberFormatException e) {
      throw new IOException("malformed Content-Length", e);
    }
    if (length < 0 || length > maxBody) {
      throw Bodies.tooLarge(length, maxBody);
    }
    return (int) length;
  }

  private byte[] exactly(int length) throws IOException {
    byte[] body = in.readNBytes(length);
    if (body.length < length) {
      throw new EOFException("body ends early");
    }
    return body;
  }

  private byte[] chunks() throws IOException, BadRequest {
    var body = new ByteArrayOutputStream();
    while (true) {
      int size = chunkSize();
      if (size == 0) {
        return trailed(body);
      }
      if ((long) body.size() + size > maxBody) {
        throw Bodies.tooLarge((long) body.size() + size, maxBody);
      }
      body.writeBytes(exactly(size));
      line();
    }
  }

  private int chunkSize() throws IOException {
    String line = line();
    if (line == null) {
      throw new EOFException("body ends early");
    }
    int parameters = line.indexOf(';');
    try {
      int bytes =
          Integer.parseInt((parameters < 0 ? line : line.substring(0, parameters)).strip(), 16);
      if (bytes >= 0) {
        return bytes;
      }
    } catch (NumberFormatException e) {
      throw new IOException("malformed chunk", e);
    }
    throw new IOException("malformed chunk");
  }

  private byte[] trailed(ByteArrayOutputStream body) throws IOException {
    String line = line();
    while (line != null && !line.isEmpty()) {
      line = line();
    }
    return body.toByteArray();
  }

  /// Ends the connection so that the other side sees a reset, not an end.
  void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  /// Waits until the other side sends more or ends the connection.
  void awaitEnd() throws IOException {
    var rest = new byte[BUFFER];
    int read = 0;
    while (read >= 0) {
      read = in.read(rest);
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
