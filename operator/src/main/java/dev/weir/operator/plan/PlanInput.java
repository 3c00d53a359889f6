package dev.weir.operator.plan;

import dev.weir.operator.api.LogAgentClassSpec;
import dev.weir.operator.render.RenderInput.NamespaceFacts;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// Everything that decides about a plan.
///
/// @param pipelines of any class
/// @param namespaces of the cluster, by name
/// @param running what agents run at present, by uid of the pipeline
public record PlanInput(
    String className,
    LogAgentClassSpec agents,
    List<PipelineFacts> pipelines,
    Map<String, NamespaceFacts> namespaces,
    Map<String, RunningFile> running,
    Instant now) {}
