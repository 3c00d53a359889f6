package dev.weir.agent.sandbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Finds what answers a request: the paths of Loki's HTTP interface.
final class SandboxApi implements HttpConnection.Handler {
  /// The tenant of requests that name none.
  static final String NO_TENANT = "fake";

  private static final String API = "/loki/api/v1/";
  private static final List<String> PUSH = List.of(API + "push", "/api/prom/push");

  private static final Logger log = LoggerFactory.getLogger(SandboxApi.class);

  private final SandboxOptions options;
  private final PushApi pushes;
  private final Queries queries;
  private final Counters counters;
  private final SandboxMetrics metrics;

  SandboxApi(
      SandboxOptions options,
      PushApi pushes,
      Queries queries,
      Counters counters,
      SandboxMetrics metrics) {
    this.options = options;
    this.pushes = pushes;
    this.queries = queries;
    this.counters = counters;
    this.metrics = metrics;
  }

  @Override
  public @Nullable HttpAnswer answer(HttpRequest request, HttpConnection connection)
      throws IOException, InterruptedException {
    String tenant = request.header("x-scope-orgid", NO_TENANT);
    try {
      String path = request.path();
      if (PUSH.contains(path)) {
        return request.method().equals("POST")
            ? pushes.answer(tenant, request, connection)
            : notAllowed();
      }
      byte[] body = connection.body();
      if (!request.method().equals("GET") && !request.method().equals("POST")) {
        return notAllowed();
      }
      return answer(
          tenant, path, new Parameters(request.parameters(body), options.clock().instant()));
    } catch (BadRequest e) {
      return HttpAnswer.error(e);
    } catch (RuntimeException e) {
      log.atError().setCause(e).addKeyValue("method", request.method()).log("request failed");
      return HttpAnswer.text(500, "internal error: " + e.getClass().getSimpleName() + "\n");
    }
  }

  private static HttpAnswer notAllowed() {
    return HttpAnswer.text(405, "Method Not Allowed\n");
  }

  /// Loki ends the errors of pushes with a newline, those of queries not.
  private HttpAnswer answer(String tenant, String path, Parameters parameters) {
    try {
      return read(tenant, path, parameters);
    } catch (BadRequest e) {
      return HttpAnswer.text(e.status(), e.text());
    }
  }

  private HttpAnswer read(String tenant, String path, Parameters parameters) throws BadRequest {
    return switch (path) {
      case "/ready" -> HttpAnswer.text(200, "ready\n");
      case "/metrics" ->
          new HttpAnswer(
              200,
              "text/plain; version=0.0.4; charset=utf-8",
              metrics.text().getBytes(StandardCharsets.UTF_8),
              Map.of());
      case API + "status/buildinfo" -> buildInfo();
      default -> query(tenant, path, parameters);
    };
  }

  private HttpAnswer query(String tenant, String path, Parameters parameters) throws BadRequest {
    counters.queries.increment();
    String name = path.startsWith(API) ? path.substring(API.length()) : "";
    if (name.startsWith("label/") && name.endsWith("/values")) {
      String label = name.substring("label/".length(), name.length() - "/values".length());
      return queries.values(tenant, label, parameters);
    }
    return switch (name) {
      case "query_range" -> queries.range(tenant, parameters);
      case "query" -> queries.instant(parameters);
      case "labels", "label" -> queries.labels(tenant, parameters);
      case "series" -> queries.series(tenant, parameters);
      default -> HttpAnswer.text(404, "404 page not found\n");
    };
  }

  private static HttpAnswer buildInfo() {
    String version = SandboxApi.class.getPackage().getImplementationVersion();
    String text =
        """
        {"version":"%s","revision":"","branch":"","buildUser":"","buildDate":"","goVersion":"",\
        "application":"weir-sandbox"}\
        """
            .formatted(version == null ? "unknown" : version);
    return HttpAnswer.json(text.getBytes(StandardCharsets.UTF_8));
  }
}
