package dev.weir.agent.httpserver;

import com.sun.net.httpserver.HttpExchange;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A request under way. Belongs to the thread that answers it.
public final class Call implements AutoCloseable {
  private static final int FIRST_BUFFER = 16 * 1024;

  private static final Pattern TENANT =
      Pattern.compile("(?!\\.{1,2}$)[a-zA-Z0-9!\\-_.*'()]{1,150}");

  private final HttpExchange exchange;
  private final MemoryBudget.Share memory;
  private volatile long readDeadline = Long.MAX_VALUE;
  private long bodyBytes;

  Call(HttpExchange exchange, MemoryBudget.Share memory) {
    this.exchange = exchange;
    this.memory = memory;
  }

  public String method() {
    return exchange.getRequestMethod();
  }

  public String path() {
    return String.valueOf(exchange.getRequestURI().getPath());
  }

  /// The first header of that name, or null.
  public @Nullable String header(String name) {
    return exchange.getRequestHeaders().getFirst(name);
  }

  /// The tenant that `X-Scope-OrgID` names, empty without one.
  ///
  /// @throws Refusal when no tenant can have that name
  public String tenant() throws Refusal {
    String tenant = header("X-Scope-OrgID");
    if (tenant == null || tenant.isEmpty()) {
      return "";
    }
    if (!TENANT.matcher(tenant).matches()) {
      throw Refusal.badRequest("invalid tenant ID in X-Scope-OrgID");
    }
    return tenant;
  }

  /// The parameters of the query, the first value of each.
  ///
  /// @throws Refusal if an escape is broken
  public Map<String, String> parameters() throws Refusal {
    var parameters = new LinkedHashMap<String, String>();
    String query = exchange.getRequestURI().getRawQuery();
    try {
      for (String pair : query == null ? new String[0] : query.split("&", -1)) {
        int equals = pair.indexOf('=');
        String name = equals < 0 ? pair : pair.substring(0, equals);
        if (!name.isEmpty()) {
          parameters.putIfAbsent(
              decoded(name), equals < 0 ? "" : decoded(pair.substring(equals + 1)));
        }
      }
    } catch (IllegalArgumentException e) {
      throw Refusal.badRequest("invalid URL escape");
    }
    return parameters;
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  /// The memory that this request holds; whoever decompresses its body grows it first.
  public MemoryBudget.Share memory() {
    return memory;
  }

  /// The body as it was sent.
  ///
  /// @param limit in bytes
  /// @throws Refusal 413 or 429 when there is too much of it
  public byte[] body(long limit) throws IOException, Refusal, InterruptedException {
    long announced = announced();
    if (announced > limit) {
      throw Refusal.tooLarge(announced, limit);
    }
    InputStream in = exchange.getRequestBody();
    byte[] body = announced >= 0 ? exactly(in, announced) : untilTheEnd(in, limit);
    bodyBytes = body.length;
    readUntil(Long.MAX_VALUE);
    return body;
  }

  private long announced() throws Refusal {
    String length = header("Content-Length");
    try {
      return length == null ? -1 : Long.parseLong(length);
    } catch (NumberFormatException e) {
      throw Refusal.badRequest("malformed Content-Length");
    }
  }

  private byte[] exactly(InputStream in, long length)
      throws IOException, Refusal, InterruptedException {
    memory.grow(length);
    byte[] body = in.readNBytes((int) length);
    if (body.length < length) {
      throw new EOFException("body ends early");
    }
    return body;
  }

  private byte[] untilTheEnd(InputStream in, long limit)
      throws IOException, Refusal, InterruptedException {
    memory.grow(FIRST_BUFFER);
    var body = new byte[FIRST_BUFFER];
    int size = 0;
    while (true) {
      int read = in.read(body, size, body.length - size);
      if (read < 0) {
        return Arrays.copyOf(body, size);
      }
      size += read;
      if (size > limit) {
        throw Refusal.tooLarge(size, limit);
      }
      if (size == body.length) {
        // The old array is garbage soon, the copy at the end another.
        memory.grow(2L * body.length);
        body = Arrays.copyOf(body, 2 * body.length);
      }
    }
  }

  /// Bytes of body that were read.
  long bodyBytes() {
    return bodyBytes;
  }

  void readUntil(long nanoTime) {
    readDeadline = nanoTime;
  }

  /// Ends the connection when reading the request takes too long. Any thread.
  void abortOverdue(long now) {
    long deadline = readDeadline;
    if (deadline != Long.MAX_VALUE && now - deadline > 0) {
      exchange.close();
    }
  }

  @Override
  public void close() {
    memory.close();
  }
}
