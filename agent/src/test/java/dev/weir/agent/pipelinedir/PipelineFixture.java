package dev.weir.agent.pipelinedir;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.weir.agent.Agent;
import dev.weir.agent.AgentOptions;
import dev.weir.agent.component.Stability;
import dev.weir.agent.logging.LogLevel;
import dev.weir.agent.sandbox.Sandbox;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// A whole agent in this process, with a projected volume of pipelines and a sandbox to send to.
final class PipelineFixture implements AutoCloseable {
  private final Path directory;
  private final Volume volume;
  private final Sandbox sandbox;
  private UnaryOperator<PipelineSettings> change = UnaryOperator.identity();
  private @Nullable Agent agent;

  PipelineFixture(Path directory) throws IOException {
    this.directory = directory;
    this.volume = new Volume(directory.resolve("pipelines"));
    this.sandbox = Sandbox.start();
  }

  PipelineFixture with(UnaryOperator<PipelineSettings> newChange) {
    change = newChange;
    return this;
  }

  Volume volume() {
    return volume;
  }

  Sandbox sandbox() {
    return sandbox;
  }

  Path secrets() throws IOException {
    return Files.createDirectories(directory.resolve("secrets"));
  }

  Path storage() {
    return directory.resolve("data");
  }

  /// Starts the agent and waits until everything that lies there was tried.
  Agent start() throws Exception {
    var started = new Agent(options());
    agent = started;
    started.start();
    await().atMost(Duration.ofSeconds(30)).until(() -> get("/-/ready").statusCode() == 200);
    return started;
  }

  private AgentOptions options() throws IOException {
    PipelineSettings settings =
        PipelineSettings.of(volume.root())
            .withSecrets(secrets())
            .withPodLogs(directory.resolve("pods"))
            .withPoll(Duration.ofSeconds(1));
    return new AgentOptions(
        null,
        new InetSocketAddress("127.0.0.1", 0),
        LogLevel.ERROR,
        storage(),
        Stability.GENERALLY_AVAILABLE,
        "0.1.0",
        Duration.ofSeconds(2),
        null,
        change.apply(settings));
  }

  Agent agent() {
    if (agent == null) {
      throw new IllegalStateException("not started");
    }
    return agent;
  }

  void stopAgent() throws InterruptedException {
    if (agent != null) {
      agent.stop();
      agent = null;
    }
  }

  HttpResponse<String> get(String path, String... headers) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + agent().address().getPort() + path);
    HttpRequest.Builder request = HttpRequest.newBuilder(uri);
    if (headers.length > 0) {
      request.headers(headers);
    }
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request.build(), BodyHandlers.ofString());
    }
  }

  /// What the API tells of one pipeline.
  JsonNode told(String name) throws Exception {
    String body = get("/api/v1/pipelines?name=" + name).body();
    return new JsonMapper().readTree(body).path("pipelines").path(0);
  }

  PipelineStatus status(String file) {
    return agent().pipelines().stream()
        .filter(status -> status.file().equals(file))
        .findFirst()
        .orElseThrow(() -> new AssertionError(file + " is not among " + agent().pipelines()));
  }

  void awaitState(String file, PipelineStatus.State state) {
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() ->
            agent().pipelines().stream()
                .anyMatch(s -> s.file().equals(file) && s.state() == state));
  }

  void awaitHash(String file, PipelineStatus before) {
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> !status(file).wantedHash().equals(before.wantedHash()));
  }

  void awaitLines(String job, List<String> lines) {
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() ->
            org.assertj.core.api.Assertions.assertThat(sandbox.lines("{job=\"" + job + "\"}"))
                .containsExactlyElementsOf(lines));
  }

  /// A file that a pipeline reads.
  Path log(String name) {
    return directory.resolve(name + ".log");
  }

  void append(String log, String... lines) throws IOException {
    Files.writeString(
        log(log),
        String.join("\n", lines) + "\n",
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }

  /// A pipeline of the cluster's kind that reads a file of its name and sends it as a job of its
  /// name.
  String pipeline(String name) {
    return pipeline(name, sandbox.pushUrl().toString(), "");
  }

  String pipeline(String name, String url, String more) {
    return head(name, "")
        + """
        loki.source.file "in_0" {
          targets    = [{__path__ = "%s", job = "%s"}]
          forward_to = [loki.process.proc_0.receiver]
        }
        loki.process "proc_0" {
          forward_to = [loki.write.out_0.receiver]
          %s
        }
        """
            .formatted(log(name), name, more)
        + write(url);
  }

  /// The block of a pipeline of the cluster's kind.
  static String head(String name, String more) {
    return """
    pipeline {
      kind    = "ClusterLogPipeline"
      name    = "%s"
      uid     = "uid-%s"
      outputs = { "main" = "out_0" }
      %s
    }
    """
        .formatted(name, name, more);
  }

  static String write(String url) {
    return """
    loki.write "out_0" {
      endpoint {
        url                = "%s"
        batch_wait         = "50ms"
        min_backoff_period = "50ms"
        max_backoff_period = "100ms"
      }
    }
    """
        .formatted(url);
  }

  @Override
  public void close() throws IOException {
    try {
      stopAgent();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    sandbox.close();
  }
}
