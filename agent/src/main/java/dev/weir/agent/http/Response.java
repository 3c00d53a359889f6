package dev.weir.agent.http;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// What to answer: a status, headers and a body that is there whole.
record Response(int status, Map<String, String> headers, String body) {
  /// Plain text, ended by a newline.
  static Response text(int status, String text) {
    return new Response(status, Map.of("Content-Type", "text/plain; charset=utf-8"), text + "\n");
  }

  static Response of(String contentType, String body) {
    return new Response(200, Map.of("Content-Type", contentType), body);
  }

  /// The path is known, the method is not.
  static Response methodNotAllowed(String allowed) {
    return new Response(
        405,
        Map.of("Content-Type", "text/plain; charset=utf-8", "Allow", allowed),
        "method not allowed\n");
  }

  void send(HttpExchange exchange) throws IOException {
    headers.forEach(exchange.getResponseHeaders()::set);
    exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.sendResponseHeaders(status, -1);
      return;
    }
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }
}
