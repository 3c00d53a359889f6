package dev.weir.agent.httpclient;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Reads answers of HTTP/1.x from one connection. Everything a server sends is bounded: lines,
/// headers, and by the deadline the time it takes.
final class HttpReader {
  private static final int MAX_LINE = 16 << 10;
  private static final int MAX_HEADERS = 200;

  /// An unwanted rest of a body up to this size is read and thrown away, so that the connection can
  /// be used again; a longer one costs more than a new connection.
  private static final int MAX_DISCARD = 64 << 10;

  private final Socket socket;
  private final InputStream in;
  private final byte[] buffer = new byte[8 << 10];
  private final StringBuilder line = new StringBuilder();
  private int at;
  private int end;
  private long deadline;
  private boolean reusable;
  private boolean started;

  HttpReader(Socket socket) throws IOException {
    this.socket = socket;
    this.in = socket.getInputStream();
  }

  /// Whether the connection can take another request after the last answer.
  boolean isReusable() {
    return reusable;
  }

  /// Whether any byte of the current answer has come.
  boolean hasStarted() {
    return started;
  }

  /// Reads one answer, skipping interim ones.
  ///
  /// @param newDeadline by `System.nanoTime`
  /// @param bodyLimit bytes of body to keep
  HttpResponse read(String method, long newDeadline, int bodyLimit) throws IOException {
    deadline = newDeadline;
    reusable = false;
    started = at < end;
    while (true) {
      String status = line();
      int code = code(status);
      List<Header> headers = headers();
      if (code >= 200) {
        boolean keepsAlive = keepsAlive(status, headers);
        byte[] body = bodyless(method, code) ? noBody() : body(headers, bodyLimit);
        reusable = reusable && keepsAlive && at == end;
        return new HttpResponse(code, headers, body);
      }
    }
  }

  private byte[] noBody() {
    reusable = true;
    return new byte[0];
  }

  private static boolean bodyless(String method, int code) {
    return code == 204
        || code == 304
        || method.equals("HEAD")
        || (method.equals("CONNECT") && code < 300);
  }

  private static boolean keepsAlive(String statusLine, List<Header> headers) {
    String connection = value(headers, "connection");
    if (connection == null) {
      return statusLine.startsWith("HTTP/1.1");
    }
    String lower = connection.toLowerCase(Locale.ROOT);
    return statusLine.startsWith("HTTP/1.1")
        ? !lower.contains("close")
        : lower.contains("keep-alive");
  }

  private static int code(String status) throws ProtocolException {
    if (!status.startsWith("HTTP/1.") || status.length() < 12 || status.charAt(8) != ' ') {
      throw new ProtocolException("the server does not speak HTTP/1.1");
    }
    int code = 0;
    for (int i = 9; i < 12; i++) {
      int digit = status.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        throw new ProtocolException("the server's status is not a number");
      }
      code = code * 10 + digit;
    }
    return code;
  }

  private List<Header> headers() throws IOException {
    var headers = new ArrayList<Header>();
    while (true) {
      String field = line();
      if (field.isEmpty()) {
        return headers;
      }
      if (headers.size() == MAX_HEADERS) {
        throw new ProtocolException("too many response headers");
      }
      int colon = field.indexOf(':');
      if (colon > 0) {
        headers.add(header(field.substring(0, colon).trim(), field.substring(colon + 1).trim()));
      }
    }
  }

  private static Header header(String name, String value) throws ProtocolException {
    try {
      return new Header(name, value);
    } catch (IllegalArgumentException e) {
      throw new ProtocolException("control character in a response header");
    }
  }

  private byte[] body(List<Header> headers, int limit) throws IOException {
    var kept = new ByteArrayOutputStream();
    String encoding = value(headers, "transfer-encoding");
    if (encoding != null && encoding.toLowerCase(Locale.ROOT).endsWith("chunked")) {
      chunks(kept, limit);
    } else {
      String length = value(headers, "content-length");
      if (length == null) {
        copy(kept, limit, limit);
      } else {
        reusable = copy(kept, contentLength(length), limit);
      }
    }
    return kept.toByteArray();
  }

  private static long contentLength(String text) throws ProtocolException {
    try {
      long length = Long.parseLong(text);
      if (length >= 0) {
        return length;
      }
    } catch (NumberFormatException e) {
      // told below
    }
    throw new ProtocolException("the response's content length is not a number");
  }

  private void chunks(ByteArrayOutputStream kept, int limit) throws IOException {
    while (true) {
      long size = chunkSize(line());
      if (size == 0) {
        headers();
        reusable = true;
        return;
      }
      if (!copy(kept, size, limit)) {
        return;
      }
      line();
    }
  }

  private static long chunkSize(String text) throws ProtocolException {
    int semicolon = text.indexOf(';');
    String digits = (semicolon < 0 ? text : text.substring(0, semicolon)).trim();
    try {
      long size = Long.parseLong(digits, 16);
      if (size >= 0) {
        return size;
      }
    } catch (NumberFormatException e) {
      // told below
    }
    throw new ProtocolException("a chunk's size in the response is not a number");
  }

  /// Takes `length` bytes off the connection, keeping what fits.
  ///
  /// @return false when the rest was left, because it is long or the connection ended
  private boolean copy(ByteArrayOutputStream kept, long length, int limit) throws IOException {
    long left = length;
    long discarded = 0;
    while (left > 0) {
      if (at == end && !fill()) {
        return false;
      }
      int some = (int) Math.min(left, end - at);
      int keep = Math.min(some, limit - kept.size());
      kept.write(buffer, at, keep);
      at += some;
      left -= some;
      discarded += some - keep;
      if (left > 0 && discarded + left > MAX_DISCARD && kept.size() >= limit) {
        return false;
      }
    }
    return true;
  }

  private String line() throws IOException {
    String whole = bufferedLine();
    if (whole != null) {
      return whole;
    }
    line.setLength(0);
    while (true) {
      if (at == end && !fill()) {
        throw new EOFException("the server closed the connection without an answer");
      }
      int c = buffer[at++] & 0xff;
      if (c == '\n') {
        int length = line.length();
        if (length > 0 && line.charAt(length - 1) == '\r') {
          line.setLength(length - 1);
        }
        return line.toString();
      }
      if (line.length() == MAX_LINE) {
        throw new ProtocolException("a response header is too long");
      }
      line.append((char) c);
    }
  }

  /// The next line if all of it has come, which it mostly has; null otherwise.
  private @Nullable String bufferedLine() {
    for (int i = at; i < end; i++) {
      if (buffer[i] == '\n') {
        int length = i - at - (i > at && buffer[i - 1] == '\r' ? 1 : 0);
        var whole = new String(buffer, at, length, StandardCharsets.ISO_8859_1);
        at = i + 1;
        return whole;
      }
    }
    return null;
  }

  private boolean fill() throws IOException {
    long left = deadline - System.nanoTime();
    if (left <= 0) {
      throw new SocketTimeoutException("no complete answer in time");
    }
    socket.setSoTimeout((int) Math.min(Integer.MAX_VALUE, left / 1_000_000 + 1));
    int count = in.read(buffer, 0, buffer.length);
    if (count <= 0) {
      return false;
    }
    started = true;
    at = 0;
    end = count;
    return true;
  }

  private static @Nullable String value(List<Header> headers, String name) {
    for (Header header : headers) {
      if (header.name().equalsIgnoreCase(name)) {
        return header.value();
      }
    }
    return null;
  }

  /// Text as HTTP carries it.
  static byte[] bytes(CharSequence text) {
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }
}
