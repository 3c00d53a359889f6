package dev.weir.agent.httpserver;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/// What to answer: a status and plain text.
public record Reply(int status, String body) {
  public static final Reply NO_CONTENT = new Reply(204, "");

  /// An answer with text.
  public static Reply text(int status, String body) {
    return new Reply(status, body);
  }

  /// Sends it; returns the bytes of its body.
  int send(HttpExchange exchange) throws IOException {
    var headers = exchange.getResponseHeaders();
    if (status == 429 || status == 503) {
      headers.set("Retry-After", "1");
    }
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    if (bytes.length == 0) {
      exchange.sendResponseHeaders(status, -1);
      return 0;
    }
    headers.set("Content-Type", "text/plain; charset=utf-8");
    headers.set("X-Content-Type-Options", "nosniff");
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.sendResponseHeaders(status, -1);
      return 0;
    }
    exchange.sendResponseHeaders(status, bytes.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(bytes);
    }
    return bytes.length;
  }
}
