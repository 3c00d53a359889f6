package dev.weir.agent.http;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/// What to answer: a status, headers and a body that is there whole.
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
record Response(int status, Map<String, String> headers, byte[] body) {
  /// Less is not worth packing.
  private static final int SMALL = 1024;

  /// Plain text, ended by a newline.
  static Response text(int status, String text) {
    return new Response(
        status, Map.of("Content-Type", "text/plain; charset=utf-8"), bytes(text + "\n"));
  }

  static Response of(String contentType, String body) {
    return new Response(200, Map.of("Content-Type", contentType), bytes(body));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /// The same, compressed when it is large and whoever asks takes that.
  ///
  /// @param request headers of the request
  Response packedFor(Headers request) {
    String accepted = request.getFirst("Accept-Encoding");
    if (body.length < SMALL || accepted == null || !accepted.contains("gzip")) {
      return this;
    }
    var packed = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(packed)) {
      gzip.write(body);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    Map<String, String> more = new HashMap<>(headers);
    more.put("Content-Encoding", "gzip");
    more.put("Vary", "Accept-Encoding");
    return new Response(status, more, packed.toByteArray());
  }

  /// The path is known, the method is not.
  static Response methodNotAllowed(String allowed) {
    return new Response(
        405,
        Map.of("Content-Type", "text/plain; charset=utf-8", "Allow", allowed),
        bytes("method not allowed\n"));
  }

  void send(HttpExchange exchange) throws IOException {
    headers.forEach(exchange.getResponseHeaders()::set);
    exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.sendResponseHeaders(status, -1);
      return;
    }
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }
}
