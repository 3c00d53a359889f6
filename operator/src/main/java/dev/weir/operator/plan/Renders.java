package dev.weir.operator.plan;

import dev.weir.operator.api.LogAgentClassSpec;
import dev.weir.operator.children.PipelineFile;
import dev.weir.operator.render.RenderInput;
import dev.weir.operator.render.RenderInput.Kind;
import dev.weir.operator.render.RenderInput.NamespaceFacts;
import dev.weir.operator.render.Rendered;
import dev.weir.operator.render.Renderer;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Renders pipelines, each again only when something changed that decides about it.
///
/// Used by one thread at a time.
final class Renders {
  private final Map<String, Render> byUid = new HashMap<>();

  /// @param file null when the pipeline cannot run
  record Render(RenderInput input, Rendered rendered, @Nullable PipelineFile file) {}

  Render of(
      PipelineFacts pipeline, LogAgentClassSpec agents, Map<String, NamespaceFacts> namespaces) {
    RenderInput input = input(pipeline, agents, namespaces);
    Render before = byUid.get(pipeline.uid());
    if (before != null && before.input().equals(input)) {
      return before;
    }
    Rendered rendered = Renderer.render(input);
    PipelineKey key = pipeline.key();
    PipelineFile file =
        rendered.ok() ? PipelineFile.of(key.namespace(), key.name(), rendered.text()) : null;
    var render = new Render(input, rendered, file);
    byUid.put(pipeline.uid(), render);
    return render;
  }

  /// Forgets the pipelines that are gone.
  void keep(Set<String> uids) {
    byUid.keySet().retainAll(uids);
  }

  private static RenderInput input(
      PipelineFacts pipeline, LogAgentClassSpec agents, Map<String, NamespaceFacts> namespaces) {
    PipelineKey key = pipeline.key();
    return new RenderInput(
        key.kind(),
        key.namespace(),
        key.name(),
        pipeline.uid(),
        pipeline.spec(),
        agents,
        key.kind() == Kind.LOG_PIPELINE ? own(key.namespace(), namespaces) : namespaces);
  }

  /// Another namespace's labels change nothing for a pipeline of this one.
  private static Map<String, NamespaceFacts> own(
      String namespace, Map<String, NamespaceFacts> namespaces) {
    NamespaceFacts facts = namespaces.get(namespace);
    return facts == null ? Map.of() : Map.of(namespace, facts);
  }
}
