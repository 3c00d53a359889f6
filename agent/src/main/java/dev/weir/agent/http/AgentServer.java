package dev.weir.agent.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.weir.agent.runtime.TapAccess;
import dev.weir.agent.tap.Taps;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Answers on the agent's port. Every request runs on a virtual thread of its own.
///
/// Bound to a loopback address it answers only requests whose `Host` is a loopback name, so that a
/// web page cannot reach it through a name that it makes resolve to this machine.
///
/// Thread-safe.
public final class AgentServer implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(AgentServer.class);

  private static final int LONGEST_REQUEST_SECONDS = 10;

  private final HttpServer server;
  private final ExecutorService executor;
  private final Routes routes;
  private final TapRoute tapRoute;
  private final HostCheck hostCheck;

  private AgentServer(
      HttpServer server, ExecutorService executor, Routes routes, TapRoute tapRoute) {
    this.server = server;
    this.executor = executor;
    this.routes = routes;
    this.tapRoute = tapRoute;
    this.hostCheck = new HostCheck(server.getAddress().getAddress());
  }

  /// Listens and answers until closed.
  ///
  /// @param access who may tap, asked at each request
  /// @throws IOException when the address cannot be listened on
  public static AgentServer start(
      InetSocketAddress address, Routes routes, Taps taps, Supplier<TapAccess> access)
      throws IOException {
    HttpServer http = HttpServer.create(address, 64);
    ExecutorService executor =
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("http-", 0).factory());
    http.setExecutor(executor);
    var server = new AgentServer(http, executor, routes, new TapRoute(taps, access));
    http.createContext("/", server::handle);
    http.start();
    return server;
  }

  /// Where it listens; the port is the real one when 0 was asked for.
  public InetSocketAddress address() {
    return server.getAddress();
  }

  private void handle(HttpExchange exchange) {
    try (exchange) {
      if (allowed(exchange) && TapRoute.takes(exchange.getRequestURI().getPath())) {
        tapRoute.answer(exchange);
      } else {
        answer(exchange).send(exchange);
      }
    } catch (IOException e) {
      // The client went away; there is nobody to tell.
      log.atDebug().addKeyValue("err", e.getMessage()).log("http client went away");
    }
  }

  private Response answer(HttpExchange exchange) {
    if (!allowed(exchange)) {
      return Response.text(403, "host not allowed");
    }
    try {
      return routes.answer(
          exchange.getRequestMethod(), exchange.getRequestURI(), exchange.getRequestHeaders());
    } catch (RuntimeException e) {
      log.atError()
          .addKeyValue("path", exchange.getRequestURI().getPath())
          .setCause(e)
          .log("http request failed");
      return Response.text(500, "internal error");
    }
  }

  private boolean allowed(HttpExchange exchange) {
    return hostCheck.allows(exchange.getRequestHeaders().getFirst("Host"));
  }

  /// Listens no more, and lets what is under way end. Returns at once, as the caller may be a
  /// request itself: a reload that moves the server elsewhere.
  public void retire() {
    tapRoute.end("the agent listens on another address now");
    Thread.ofVirtual()
        .name("http-retiring")
        .start(() -> {
          server.stop(LONGEST_REQUEST_SECONDS);
          executor.close();
        });
  }

  @Override
  public void close() {
    server.stop(0);
    executor.close();
  }
}
