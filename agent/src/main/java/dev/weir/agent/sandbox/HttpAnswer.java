package dev.weir.agent.sandbox;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An answer to a request; immutable.
final class HttpAnswer {
  static final HttpAnswer NO_CONTENT = new HttpAnswer(204, null, new byte[0], Map.of());

  private final int status;
  private final @Nullable String type;
  private final byte[] body;
  private final Map<String, String> headers;

  /// @param type of the content, or null when there is none
  HttpAnswer(int status, @Nullable String type, byte[] body, Map<String, String> headers) {
    this.status = status;
    this.type = type;
    this.body = body;
    this.headers = headers;
  }

  int status() {
    return status;
  }

  /// Plain text. Errors end in a newline, as Go's do.
  static HttpAnswer text(int status, String text) {
    return new HttpAnswer(
        status, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8), Map.of());
  }

  static HttpAnswer json(byte[] body) {
    return new HttpAnswer(200, "application/json; charset=UTF-8", body, Map.of());
  }

  static HttpAnswer error(BadRequest error) {
    return text(error.status(), error.text() + "\n");
  }

  HttpAnswer withHeaders(Map<String, String> added) {
    return new HttpAnswer(status, type, body, added);
  }

  /// The head and body as they go out.
  byte[] encoded(boolean keepAlive) {
    var head = new StringBuilder("HTTP/1.1 ").append(status).append(' ').append(reason());
    head.append("\r\n");
    if (type != null) {
      head.append("Content-Type: ").append(type).append("\r\n");
    }
    if (status != 204) {
      head.append("Content-Length: ").append(body.length).append("\r\n");
    }
    headers.forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
    head.append(keepAlive ? "\r\n" : "Connection: close\r\n\r\n");
    byte[] start = head.toString().getBytes(StandardCharsets.UTF_8);
    var all = new byte[start.length + body.length];
    System.arraycopy(start, 0, all, 0, start.length);
    System.arraycopy(body, 0, all, start.length, body.length);
    return all;
  }

  private String reason() {
    return switch (status) {
      case 200 -> "OK";
      case 204 -> "No Content";
      case 400 -> "Bad Request";
      case 401 -> "Unauthorized";
      case 403 -> "Forbidden";
      case 404 -> "Not Found";
      case 405 -> "Method Not Allowed";
      case 413 -> "Request Entity Too Large";
      case 422 -> "Unprocessable Entity";
      case 429 -> "Too Many Requests";
      case 500 -> "Internal Server Error";
      case 503 -> "Service Unavailable";
      default -> "Status";
    };
  }
}
