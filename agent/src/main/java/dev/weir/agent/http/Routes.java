package dev.weir.agent.http;

import com.sun.net.httpserver.Headers;
import dev.weir.agent.metrics.AgentMetrics;
import dev.weir.agent.river.DiagnosticsException;
import dev.weir.agent.runtime.AgentRuntime;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Which path answers what: the paths and texts of Alloy.
///
/// Thread-safe.
public final class Routes {
  private static final String COMPONENTS = "/api/v0/web/components";
  private static final String VERSION = "/api/v1/version";

  private final AgentRuntime runtime;
  private final AgentMetrics metrics;
  private final String version;
  private final @Nullable PipelineRoutes pipelines;

  /// @param version of the agent
  /// @param pipelines null without a directory of pipelines
  public Routes(
      AgentRuntime runtime,
      AgentMetrics metrics,
      String version,
      @Nullable PipelineRoutes pipelines) {
    this.runtime = runtime;
    this.metrics = metrics;
    this.version = version;
    this.pipelines = pipelines;
  }

  Response answer(String method, URI uri, Headers headers) {
    String path = uri.getPath();
    boolean reading = method.equals("GET") || method.equals("HEAD");
    if (path.equals("/-/reload")) {
      return reading || method.equals("POST") ? reload() : Response.methodNotAllowed("GET, POST");
    }
    Response response = ofPipelines(uri, headers).orElseGet(() -> read(path, headers));
    return reading || response.status() == 404 ? response : Response.methodNotAllowed("GET");
  }

  private Optional<Response> ofPipelines(URI uri, Headers headers) {
    PipelineRoutes routes = pipelines;
    return routes == null
        ? Optional.empty()
        : routes.read(uri.getPath(), uri.getRawQuery(), headers);
  }

  private boolean ready() {
    return runtime.ready() && (pipelines == null || pipelines.pipelines().loaded());
  }

  private Response read(String path, Headers headers) {
    return switch (path) {
      case "/" ->
          Response.text(
              200,
              "Weir\n\n/metrics\n/-/ready\n/-/alive\n/-/healthy\n"
                  + COMPONENTS
                  + "\n"
                  + TapRoute.PATH);
      case "/metrics" -> Scrape.of(headers, metrics::scrape);
      case VERSION -> Response.of("application/json", Features.json(version));
      case "/-/ready" ->
          ready()
              ? Response.text(200, "Alloy is ready.")
              : Response.text(503, "Alloy is not ready.");
      // For whoever would restart the agent: that mends no destination and no other host.
      case "/-/alive" -> Response.text(200, "Weir is alive.");
      case "/-/healthy" -> healthy();
      case COMPONENTS -> Response.of("application/json", ComponentJson.list(runtime.components()));
      default ->
          path.startsWith(COMPONENTS + "/")
              ? component(path.substring(COMPONENTS.length() + 1))
              : Response.text(404, "404 page not found");
    };
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
      return Response.text(
          200, "config reloaded" + (pipelines == null ? "" : pipelines.reloaded()));
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
