package dev.weir.agent.http;

import com.sun.net.httpserver.Headers;
import dev.weir.agent.metrics.AgentMetrics;
import dev.weir.agent.river.DiagnosticsException;
import dev.weir.agent.runtime.AgentRuntime;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which path answers what: the paths and texts of Alloy.
///
/// Thread-safe.
public final class Routes {
  private static final String COMPONENTS = "/api/v0/web/components";
  private static final String PLAIN_METRICS = "text/plain; version=0.0.4; charset=utf-8";

  private final AgentRuntime runtime;
  private final AgentMetrics metrics;

  public Routes(AgentRuntime runtime, AgentMetrics metrics) {
    this.runtime = runtime;
    this.metrics = metrics;
  }

  Response answer(String method, URI uri, Headers headers) {
    String path = uri.getPath();
    boolean reading = method.equals("GET") || method.equals("HEAD");
    if (path.equals("/-/reload")) {
      return reading || method.equals("POST") ? reload() : Response.methodNotAllowed("GET, POST");
    }
    Response response = read(path, headers);
    return reading || response.status() == 404 ? response : Response.methodNotAllowed("GET");
  }

  private Response read(String path, Headers headers) {
    return switch (path) {
      case "/" ->
          Response.text(
              200, "Weir\n\n/metrics\n/-/ready\n/-/healthy\n" + COMPONENTS + "\n" + TapRoute.PATH);
      case "/metrics" -> metrics(headers.getFirst("Accept"));
      case "/-/ready" ->
          runtime.ready()
              ? Response.text(200, "Alloy is ready.")
              : Response.text(503, "Alloy is not ready.");
      case "/-/healthy" -> healthy();
      case COMPONENTS -> Response.of("application/json", ComponentJson.list(runtime.components()));
      default ->
          path.startsWith(COMPONENTS + "/")
              ? component(path.substring(COMPONENTS.length() + 1))
              : Response.text(404, "404 page not found");
    };
  }

  private Response metrics(@Nullable String accept) {
    if (accept != null && accept.contains("application/openmetrics-text")) {
      String type = "application/openmetrics-text; version=1.0.0; charset=utf-8";
      return Response.of(type, metrics.scrape(type));
    }
    return Response.of(PLAIN_METRICS, metrics.scrape(PLAIN_METRICS));
  }

  private Response healthy() {
    List<String> unhealthy = runtime.unhealthy();
    return unhealthy.isEmpty()
        ? Response.text(200, "All Alloy components are healthy.")
        : Response.text(500, "unhealthy components: " + String.join(", ", unhealthy));
  }

  private Response reload() {
    try {
      runtime.reload();
      return Response.text(200, "config reloaded");
    } catch (DiagnosticsException | IOException | IllegalStateException e) {
      return Response.text(400, "error during the reload: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Response.text(503, "the agent is stopping");
    }
  }

  private Response component(String id) {
    return runtime
        .component(id)
        .map(info -> Response.of("application/json", ComponentJson.one(info)))
        .orElseGet(() -> Response.text(404, "no component \"" + id + "\""));
  }
}
