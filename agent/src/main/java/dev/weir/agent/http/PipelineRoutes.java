package dev.weir.agent.http;

import com.sun.net.httpserver.Headers;
import dev.weir.agent.metrics.AgentRegistry;
import dev.weir.agent.pipelinedir.PipelineStatus;
import dev.weir.agent.pipelinedir.Pipelines;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What the agent answers about the pipelines of its directory.
///
/// Thread-safe.
///
/// @param about what holds for the whole agent
/// @param meters of the pipelines' components
public record PipelineRoutes(PipelinesJson.About about, Pipelines pipelines, AgentRegistry meters) {
  private static final String MODULES = "/api/v0/web/modules/";
  private static final String COMPONENTS = "/components";

  /// Empty when the path is nobody's here.
  Optional<Response> read(String path, @Nullable String query, Headers headers) {
    if (path.equals("/api/v1/pipelines")) {
      String json = PipelinesJson.of(about, pipelines, matching(Query.parse(query)));
      return Optional.of(Response.of("application/json", json).packedFor(headers));
    }
    if (path.equals("/metrics/pipelines")) {
      return Optional.of(Scrape.of(headers, meters::text).packedFor(headers));
    }
    if (path.startsWith(MODULES) && path.endsWith(COMPONENTS)) {
      return pipelines
          .components(path.substring(MODULES.length(), path.length() - COMPONENTS.length()))
          .map(list -> Response.of("application/json", ComponentJson.list(list)));
    }
    return Optional.empty();
  }

  private List<PipelineStatus> matching(Map<String, String> query) {
    String namespace = query.get("namespace");
    String name = query.get("name");
    return pipelines.statuses().stream()
        .filter(status -> namespace == null || namespace.equals(status.namespace()))
        .filter(status -> name == null || name.equals(status.name()))
        .toList();
  }

  /// One line per file, for the answer to a reload.
  String reloaded() throws InterruptedException {
    var lines = new StringBuilder();
    for (PipelineStatus status : pipelines.reload()) {
      lines.append('\n').append(status.file()).append(": ").append(status.state().text());
      PipelineStatus.Problem error = status.error();
      if (error != null) {
        lines.append(": ");
        if (error.line() > 0) {
          lines.append(error.line()).append(':').append(error.column()).append(": ");
        }
        lines.append(error.message());
      }
    }
    String trouble = pipelines.trouble();
    return trouble == null ? lines.toString() : "\npipelines: " + trouble + lines;
  }
}
