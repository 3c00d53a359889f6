package dev.weir.operator.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.weir.operator.reconcile.Meters;
import dev.weir.operator.reconcile.WeirOperator;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// `/healthz`, `/readyz` and `/metrics` of the operator.
final class StatusServer implements AutoCloseable {
  private static final String TEXT = "text/plain; charset=utf-8";

  private final HttpServer http;
  private final ExecutorService executor;

  private StatusServer(HttpServer http, ExecutorService executor) {
    this.http = http;
    this.executor = executor;
  }

  static StatusServer start(
      InetSocketAddress address,
      WeirOperator operator,
      Meters meters,
      PrometheusMeterRegistry registry)
      throws IOException {
    HttpServer http = HttpServer.create(address, 16);
    ExecutorService executor =
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("http-", 0).factory());
    http.setExecutor(executor);
    http.createContext("/healthz", exchange -> send(exchange, 200, TEXT, "ok\n"));
    http.createContext(
        "/readyz",
        exchange -> {
          boolean ready = operator.ready();
          send(
              exchange,
              ready ? 200 : 503,
              TEXT,
              ready ? "ok\n" : "caches are not complete, or a class was not planned for long\n");
        });
    http.createContext(
        "/metrics",
        exchange -> {
          meters.refresh();
          String accept =
              Objects.requireNonNullElse(exchange.getRequestHeaders().getFirst("Accept"), "");
          boolean open = accept.contains("application/openmetrics-text");
          String type =
              open
                  ? "application/openmetrics-text; version=1.0.0; charset=utf-8"
                  : "text/plain; version=0.0.4; charset=utf-8";
          send(exchange, 200, type, registry.scrape(type));
        });
    http.start();
    return new StatusServer(http, executor);
  }

  InetSocketAddress address() {
    return http.getAddress();
  }

  private static void send(HttpExchange exchange, int code, String type, String text)
      throws IOException {
    try (exchange) {
      byte[] body = text.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", type);
      exchange.sendResponseHeaders(code, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    http.stop(0);
    executor.shutdownNow();
    executor.close();
  }
}
