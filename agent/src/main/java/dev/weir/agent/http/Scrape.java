package dev.weir.agent.http;

import com.sun.net.httpserver.Headers;
import java.util.function.UnaryOperator;

/// Answers a scraper in the format it prefers.
final class Scrape {
  private static final String PLAIN = "text/plain; version=0.0.4; charset=utf-8";
  private static final String OPEN = "application/openmetrics-text; version=1.0.0; charset=utf-8";

  private Scrape() {}

  /// @param text of all metrics, by content type
  static Response of(Headers headers, UnaryOperator<String> text) {
    String accept = headers.getFirst("Accept");
    String type = accept != null && accept.contains("application/openmetrics-text") ? OPEN : PLAIN;
    return Response.of(type, text.apply(type));
  }
}
