package dev.weir.agent.docker;

import com.github.dockerjava.transport.DockerHttpClient;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// An answer whose body is still to be read. Closing it closes the connection.
final class EngineAnswer implements DockerHttpClient.Response {
  private static final int MOST_HEADERS = 200;

  private final EngineConnection connection;
  private final int status;
  private final Map<String, List<String>> headers;
  private final EngineBody body;

  private EngineAnswer(
      EngineConnection connection, int status, Map<String, List<String>> headers, EngineBody body) {
    this.connection = connection;
    this.status = status;
    this.headers = headers;
    this.body = body;
  }

  /// Reads status and headers.
  static EngineAnswer read(EngineConnection connection) throws IOException {
    var input = new ConnectionInput(connection);
    int status = status(input.textLine());
    Map<String, List<String>> headers = headers(input);
    return new EngineAnswer(connection, status, headers, body(input, status, headers));
  }

  private static int status(String line) throws IOException {
    String[] parts = line.split(" ", 3);
    if (parts.length >= 2 && parts[0].startsWith("HTTP/1.")) {
      try {
        return Integer.parseInt(parts[1]);
      } catch (NumberFormatException e) {
        throw new IOException("no HTTP answer from the Engine", e);
      }
    }
    throw new IOException("no HTTP answer from the Engine");
  }

  private static Map<String, List<String>> headers(ConnectionInput input) throws IOException {
    var headers = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
    for (int i = 0; i < MOST_HEADERS; i++) {
      String line = input.textLine();
      if (line.isEmpty()) {
        return headers;
      }
      int colon = line.indexOf(':');
      if (colon > 0) {
        headers
            .computeIfAbsent(line.substring(0, colon), _ -> new ArrayList<>())
            .add(line.substring(colon + 1).trim());
      }
    }
    throw new IOException("answer of the Engine has too many headers");
  }

  private static EngineBody body(
      ConnectionInput input, int status, Map<String, List<String>> headers) throws IOException {
    if (status == 204 || status == 304) {
      return EngineBody.ofLength(input, 0);
    }
    String coding = first(headers, "Transfer-Encoding");
    if (coding != null && coding.toLowerCase(Locale.ROOT).contains("chunked")) {
      return EngineBody.chunked(input);
    }
    String length = first(headers, "Content-Length");
    if (length == null) {
      return EngineBody.untilClosed(input);
    }
    return EngineBody.ofLength(input, EngineBody.number(length, 10));
  }

  private static @Nullable String first(Map<String, List<String>> headers, String name) {
    List<String> values = headers.get(name);
    return values == null ? null : values.getFirst();
  }

  @Override
  public int getStatusCode() {
    return status;
  }

  @Override
  public Map<String, List<String>> getHeaders() {
    return headers;
  }

  @Override
  public InputStream getBody() {
    return body;
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
