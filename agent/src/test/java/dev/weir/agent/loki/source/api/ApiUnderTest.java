package dev.weir.agent.loki.source.api;

import static org.awaitility.Awaitility.await;

import dev.weir.agent.loki.Receiver;
import dev.weir.agent.loki.source.api.LokiSourceApi.Arguments;
import dev.weir.agent.loki.source.api.LokiSourceApi.DebugInfo;
import dev.weir.agent.relabel.Rules;
import dev.weir.agent.testkit.RiverArguments;
import dev.weir.agent.testkit.RunningComponent;
import dev.weir.agent.testkit.TestContext;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;

/// A `loki.source.api` on a free port of the loopback, until closed.
final class ApiUnderTest implements AutoCloseable {
  private final Receiver receiver;
  private final Rules rules;
  private final TestContext context;
  private final LokiSourceApi component;
  private final RunningComponent running;
  private final HttpClient client = HttpClient.newHttpClient();

  ApiUnderTest(Path storage, Receiver receiver, Rules rules, String more) {
    this.receiver = receiver;
    this.rules = rules;
    context = new TestContext("loki.source.api.test", storage);
    component = new LokiSourceApi(arguments(0, more), context);
    running = new RunningComponent(component);
    await().until(() -> !address().isEmpty());
  }

  Arguments arguments(int port, String more) {
    return RiverArguments.decode(
        """
        http {
          listen_address = "127.0.0.1"
          listen_port    = %d
          %s
        }
        forward_to = [receiver]
        %s
        """
            .formatted(port, inHttp(more), notInHttp(more)),
        Arguments.class,
        receiver,
        rules);
  }

  private static String inHttp(String more) {
    int split = more.indexOf("@@");
    return split < 0 ? "" : more.substring(0, split);
  }

  private static String notInHttp(String more) {
    int split = more.indexOf("@@");
    return split < 0 ? more : more.substring(split + 2);
  }

  LokiSourceApi component() {
    return component;
  }

  String address() {
    return ((DebugInfo) component.debugInfo().orElseThrow()).listenAddress();
  }

  int port() {
    return Integer.parseInt(address().substring(address().lastIndexOf(':') + 1));
  }

  String metrics() {
    return context.scrape();
  }

  HttpResponse<String> post(String path, byte[] body, String... headers)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create("http://" + address() + path))
            .POST(BodyPublishers.ofByteArray(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    var request = HttpRequest.newBuilder(URI.create("http://" + address() + path)).build();
    return client.send(request, BodyHandlers.ofString());
  }

  @Override
  public void close() {
    client.close();
    running.close();
  }
}
