package dev.weir.agent.remote.http;

import dev.weir.agent.httpclient.Header;
import dev.weir.agent.httpclient.HttpClient;
import dev.weir.agent.httpclient.HttpRequest;
import dev.weir.agent.httpclient.HttpResponse;
import dev.weir.agent.remote.http.RemoteHttp.Arguments;
import dev.weir.agent.river.eval.Secret;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Asks one URL. [#close] is called by any thread, the rest by one at a time.
final class Poll implements AutoCloseable {
  private static final int MOST_BYTES = 4 << 20;
  private static final String USER_AGENT = "User-Agent";

  private final Arguments arguments;
  private final HttpClient client;
  private final HttpRequest request;
  private volatile boolean replaced;

  Poll(Arguments arguments, String version) {
    this.arguments = arguments;
    List<Header> headers = new ArrayList<>();
    String userAgent = "Weir/" + version;
    for (Map.Entry<String, Secret> header : arguments.headers().entrySet()) {
      if (header.getKey().equalsIgnoreCase(USER_AGENT)) {
        userAgent = header.getValue().reveal();
      } else {
        headers.add(new Header(header.getKey(), header.getValue().reveal()));
      }
    }
    client = new HttpClient(arguments.client(), userAgent);
    byte[] body = arguments.body().getBytes(StandardCharsets.UTF_8);
    request =
        new HttpRequest(
            arguments.method(), URI.create(arguments.url()), headers, body, body.length);
  }

  Arguments arguments() {
    return arguments;
  }

  /// What the URL answers now, without blanks around it.
  ///
  /// @throws IOException when it does not answer, or not with 200
  String content() throws IOException {
    HttpResponse response = client.send(request, arguments.pollTimeout(), MOST_BYTES + 1);
    if (response.status() != 200) {
      throw new IOException("unexpected status code " + response.status());
    }
    if (response.body().length > MOST_BYTES) {
      throw new IOException("the answer is larger than 4 MiB");
    }
    return response.text().strip();
  }

  /// Whether its answer is of no more interest.
  boolean isReplaced() {
    return replaced;
  }

  /// Ends a request that is under way.
  @Override
  public void close() {
    replaced = true;
    client.close();
  }
}
