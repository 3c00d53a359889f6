package dev.weir.agent.http;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import dev.weir.agent.logql.Selector;
import dev.weir.agent.runtime.TapAccess;
import dev.weir.agent.tap.Tap;
import dev.weir.agent.tap.TapException;
import dev.weir.agent.tap.Taps;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// `/api/v0/tap`: the names of what can be tapped; below it, what flows out of one component, until
/// the client goes.
///
/// Lines may be anybody's, so that only clients on this machine or in this container see them,
/// unless the configuration says otherwise, and only with a `Host` of it: a name that a web page
/// makes resolve to this machine does not count.
///
/// Thread-safe.
final class TapRoute {
  static final String PATH = "/api/v0/tap";

  private static final Logger log = LoggerFactory.getLogger(TapRoute.class);
  private static final HostCheck ON_LOOPBACK = new HostCheck(InetAddress.getLoopbackAddress());

  private final Taps taps;
  private final Supplier<TapAccess> access;
  private final Set<TapStream> streams = ConcurrentHashMap.newKeySet();

  TapRoute(Taps taps, Supplier<TapAccess> access) {
    this.taps = taps;
    this.access = access;
  }

  /// Whether a path is for it.
  static boolean takes(String path) {
    return path.equals(PATH) || path.startsWith(PATH + "/");
  }

  /// Answers, for as long as the client stays.
  void answer(HttpExchange exchange) throws IOException {
    Response refusal = refusal(exchange);
    String path = exchange.getRequestURI().getPath();
    if (refusal != null) {
      refusal.send(exchange);
    } else if (path.equals(PATH) || path.equals(PATH + "/")) {
      Response.of("application/json", new JsonMapper().valueToTree(taps.names()).toString())
          .send(exchange);
    } else {
      stream(path.substring(PATH.length() + 1), exchange);
    }
  }

  private @Nullable Response refusal(HttpExchange exchange) {
    if (!exchange.getRequestMethod().equals("GET")) {
      return Response.methodNotAllowed("GET");
    }
    return switch (access.get()) {
      case ALL -> null;
      case OFF -> Response.text(403, "tapping is switched off");
      case LOOPBACK ->
          fromHere(exchange)
              ? null
              : Response.text(
                  403,
                  "only who asks from the agent's own machine or container may tap; see"
                      + " --server.http.tap");
    };
  }

  private static boolean fromHere(HttpExchange exchange) {
    return exchange.getRemoteAddress().getAddress().isLoopbackAddress()
        && ON_LOOPBACK.allows(exchange.getRequestHeaders().getFirst("Host"));
  }

  private void stream(String name, HttpExchange exchange) throws IOException {
    TapStream stream;
    try {
      stream = open(name, query(exchange.getRequestURI()), exchange);
    } catch (TapException e) {
      int status =
          switch (e.kind()) {
            case UNKNOWN -> 404;
            case SILENT -> 409;
            case TOO_MANY -> 429;
          };
      Response.text(status, String.valueOf(e.getMessage())).send(exchange);
      return;
    } catch (IllegalArgumentException e) {
      Response.text(400, String.valueOf(e.getMessage())).send(exchange);
      return;
    }
    streams.add(stream);
    log.atInfo()
        .addKeyValue("component", name)
        .addKeyValue("client", exchange.getRemoteAddress())
        .log("tap opened");
    try (stream) {
      stream.run();
    } finally {
      streams.remove(stream);
      log.atInfo().addKeyValue("component", name).log("tap closed");
    }
  }

  private TapStream open(String name, Map<String, String> query, HttpExchange exchange)
      throws TapException {
    String selector = query.getOrDefault("selector", "");
    Selector wanted = selector.isBlank() ? null : Selector.parse(selector);
    long limit = limit(query.getOrDefault("limit", "0"));
    Tap tap = taps.open(name, wanted);
    return new TapStream(exchange, tap, limit == 0 ? Long.MAX_VALUE : limit);
  }

  private static long limit(String text) {
    try {
      long limit = Long.parseLong(text);
      if (limit >= 0) {
        return limit;
      }
    } catch (NumberFormatException e) {
      // Told below.
    }
    throw new IllegalArgumentException("limit must be a number of lines, got " + text);
  }

  private static Map<String, String> query(URI uri) {
    Map<String, String> query = new HashMap<>();
    String raw = uri.getRawQuery();
    if (raw != null) {
      for (String pair : raw.split("&", -1)) {
        int equals = pair.indexOf('=');
        if (equals > 0) {
          String value = pair.substring(equals + 1);
          query.put(pair.substring(0, equals), URLDecoder.decode(value, StandardCharsets.UTF_8));
        }
      }
    }
    return query;
  }

  /// Ends every answer that is under way.
  void end(String reason) {
    streams.forEach(stream -> stream.end(reason));
  }
}
