package dev.weir.agent.docker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.transport.DockerHttpClient;
import dev.weir.agent.httpclient.HttpClientArguments;
import dev.weir.agent.httpclient.ServerAccess;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A Docker Engine, or what speaks its API, to look at.
///
/// Nothing is opened before the first request. Requests block; they end when their thread is
/// interrupted, and those with a short answer also when it does not come in time. Thread-safe.
public final class Engine {
  /// An Engine under load may take seconds to list hundreds of containers.
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final int LONGEST_MESSAGE = 512;

  private final DockerHttpClient transport;
  private final String name;
  private final Duration patience;
  private @Nullable EngineClient client;

  Engine(DockerHttpClient transport, String name, Duration patience) {
    this.transport = transport;
    this.name = name;
    this.patience = patience;
  }

  /// The Engine that listens at `host`.
  ///
  /// @param host `unix://`, `tcp://`, `http://` or `https://`
  /// @param client how to reach `http` and `https` hosts
  /// @throws IllegalArgumentException when the host or the client's settings cannot be used, with a
  ///   message for the user
  public static Engine at(String host, @Nullable HttpClientArguments client) {
    EngineHost where = EngineHost.parse(host);
    ServerAccess access = null;
    // As in Alloy, these settings are for `http` and `https`.
    if (client != null && where instanceof EngineHost.Tcp tcp && tcp.scheme().startsWith("http")) {
      refuseProxies(client);
      access = new ServerAccess(client, "weir");
    } else if (where instanceof EngineHost.Tcp tcp && tcp.tls()) {
      access = new ServerAccess(null, "weir");
    }
    return new Engine(new EngineTransport(where, access), where.toString(), PATIENCE);
  }

  private static void refuseProxies(HttpClientArguments client) {
    boolean proxy = client.proxyUrl() != null && !client.proxyUrl().isEmpty();
    if (proxy || client.proxyFromEnvironment()) {
      throw new IllegalArgumentException("a Docker Engine cannot be reached through a proxy");
    }
  }

  /// Which Engine it is. Asked without docker-java, which keeps the answer's time to itself.
  public EngineVersion version() throws EngineException, InterruptedException {
    return inTime(() -> {
      try (DockerHttpClient.Response answer = open("/version")) {
        JsonNode version = JsonReading.MAPPER.readTree(answer.getBody());
        return new EngineVersion(
            Json.text(version, "Version"), Json.text(version, "ApiVersion"), time(answer));
      } catch (IOException e) {
        throw unreachable(e);
      }
    });
  }

  private static Instant time(DockerHttpClient.Response answer) {
    List<String> dates = answer.getHeaders().getOrDefault("Date", List.of());
    try {
      return dates.isEmpty()
          ? Instant.EPOCH
          : DateTimeFormatter.RFC_1123_DATE_TIME.parse(dates.getFirst(), Instant::from);
    } catch (DateTimeParseException e) {
      return Instant.EPOCH;
    }
  }

  /// Where the Engine keeps its data, on its own host; empty when it does not say.
  public String rootDirectory() throws EngineException, InterruptedException {
    return ask(EngineClient::rootDirectory);
  }

  /// The containers there are.
  ///
  /// @param all whether also those that do not run
  /// @param filters as the Engine's API takes them: values by filter name
  public List<Container> containers(boolean all, Map<String, List<String>> filters)
      throws EngineException, InterruptedException {
    return ask(client -> client.containers(all, filters));
  }

  /// One container.
  public ContainerDetails container(String id) throws EngineException, InterruptedException {
    return ask(client -> client.container(id));
  }

  /// The networks there are.
  public List<Network> networks() throws EngineException, InterruptedException {
    return ask(EngineClient::networks);
  }

  /// What happens to containers from a moment on, and for ever.
  ///
  /// Without a moment, what happens right after this call may be left out: an Engine answers before
  /// it begins to listen.
  ///
  /// @param sinceNanos since 1970; the Engine remembers some hundred events. 0 for from now on
  /// @param actions such as `start`; no others are told
  public EventStream events(long sinceNanos, Collection<String> actions)
      throws EngineException, InterruptedException {
    String since = sinceNanos == 0 ? "" : "&since=" + seconds(sinceNanos);
    String filters =
        json(Map.of("type", List.of("container"), "event", actions.stream().sorted().toList()));
    return inTime(() -> new EventStream(open("/events?filters=" + filters + since), this));
  }

  /// The log of a container, both streams, with timestamps.
  ///
  /// @param sinceNanos the oldest line wanted, since 1970; 0 for all
  /// @param follow whether to stay for what is yet to come, until the container ends
  public InputStream logs(String id, long sinceNanos, boolean follow)
      throws EngineException, InterruptedException {
    String since = sinceNanos == 0 ? "" : "&since=" + seconds(sinceNanos);
    String path = "/containers/" + id + "/logs?stdout=1&stderr=1&timestamps=1" + since;
    return inTime(() -> new AnswerInput(open(path + (follow ? "&follow=1" : ""))));
  }

  private static String seconds(long nanos) {
    return "%d.%09d".formatted(nanos / 1_000_000_000, nanos % 1_000_000_000);
  }

  private <T> T ask(Function<EngineClient, T> question)
      throws EngineException, InterruptedException {
    return inTime(() -> {
      try {
        return question.apply(client());
      } catch (DockerException e) {
        throw EngineException.refused(
            e.getHttpStatus(), refusal(e.getHttpStatus(), body(e.getMessage())));
      } catch (RuntimeException e) {
        throw unreachable(transportFailure(e));
      }
    });
  }

  /// Made by the first question, which comes after the agent is ready: docker-java is a large
  /// library.
  private synchronized EngineClient client() {
    EngineClient known = client;
    if (known == null) {
      known = new EngineClient(transport);
      client = known;
    }
    return known;
  }

  /// The Engine's words behind docker-java's `Status 404: `.
  private static String body(@Nullable String message) {
    return message == null ? "" : message.replaceFirst("^Status \\d+: ", "");
  }

  /// What broke beneath docker-java, which wraps it; what did not break there is a defect.
  private static IOException transportFailure(RuntimeException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof IOException broken) {
        return broken;
      }
    }
    throw failure;
  }

  /// What a request comes to.
  private sealed interface Outcome<T> {
    record Answered<T>(T value) implements Outcome<T> {}

    record Failed<T>(EngineException problem) implements Outcome<T> {}
  }

  /// A request to the Engine.
  @FunctionalInterface
  private interface Call<T> {
    T call() throws EngineException;
  }

  /// Makes a request on a thread of its own: a socket has no other way to give up waiting.
  private <T> T inTime(Call<T> call) throws EngineException, InterruptedException {
    var outcome = new AtomicReference<@Nullable Outcome<T>>();
    Thread asking =
        Thread.ofVirtual().name("docker-request").start(() -> outcome.set(outcomeOf(call)));
    boolean ended = false;
    try {
      ended = asking.join(patience);
    } finally {
      if (!ended) {
        asking.interrupt();
      }
    }
    if (!ended) {
      throw EngineException.late(
          "Docker Engine at " + name + " did not answer within " + patience.toSeconds() + "s");
    }
    return switch (outcome.get()) {
      case Outcome.Answered<T>(T value) -> value;
      case Outcome.Failed<T>(EngineException problem) -> throw problem;
      case null -> throw new IllegalStateException("request ended without a result");
    };
  }

  private static <T> Outcome<T> outcomeOf(Call<T> call) {
    try {
      return new Outcome.Answered<>(call.call());
    } catch (EngineException e) {
      return new Outcome.Failed<>(e);
    }
  }

  private DockerHttpClient.Response open(String path) throws EngineException {
    DockerHttpClient.Response answer;
    try {
      answer =
          transport.execute(DockerHttpClient.Request.builder().method("GET").path(path).build());
    } catch (UncheckedIOException e) {
      throw unreachable(Objects.requireNonNull(e.getCause()));
    }
    if (answer.getStatusCode() == 200) {
      return answer;
    }
    try (answer) {
      throw EngineException.refused(answer.getStatusCode(), refusal(answer));
    }
  }

  private String refusal(DockerHttpClient.Response answer) {
    try {
      byte[] body = answer.getBody().readNBytes(LONGEST_MESSAGE);
      return refusal(answer.getStatusCode(), new String(body, StandardCharsets.UTF_8));
    } catch (IOException e) {
      return refusal(answer.getStatusCode(), "");
    }
  }

  private String refusal(int status, String body) {
    String text;
    try {
      text = Json.text(JsonReading.MAPPER.readTree(body), "message");
    } catch (IOException e) {
      text = "";
    }
    return "Docker Engine at %s answered %d%s"
        .formatted(name, status, text.isBlank() ? "" : ": " + text.strip());
  }

  EngineException unreachable(IOException cause) {
    String reason = cause.getMessage() == null ? cause.toString() : cause.getMessage();
    return EngineException.unreachable("Docker Engine at " + name + ": " + reason, cause);
  }

  private static String json(Map<String, List<String>> filters) {
    try {
      String text = JsonReading.MAPPER.writeValueAsString(filters);
      return URLEncoder.encode(text, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return name;
  }

  /// Made when first used, which is off the agent's way to being ready.
  static final class JsonReading {
    static final ObjectMapper MAPPER = new ObjectMapper();

    private JsonReading() {}
  }
}
