package dev.weir.agent.httpclient;

import dev.weir.agent.river.DiagnosticsException;
import dev.weir.agent.testkit.RiverArguments;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/// Clients from River text, and short ways to ask.
final class Clients {
  private static final Duration LONG = Duration.ofSeconds(30);

  private Clients() {}

  static HttpClient client(String... river) throws DiagnosticsException {
    return new HttpClient(
        RiverArguments.decode(HttpClientArguments.class, String.join("\n", river)), "Weir/test");
  }

  static HttpResponse get(HttpClient client, String url) throws IOException {
    return client.send(HttpRequest.get(URI.create(url), List.of()), LONG, 1 << 20);
  }

  static HttpResponse post(HttpClient client, String url, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    return client.send(HttpRequest.post(URI.create(url), List.of(), bytes), LONG, 1024);
  }
}
