package dev.weir.operator.plan;

import dev.weir.operator.children.ConfigShards;
import java.util.Map;
import java.util.Set;

/// What the agents of a class are to run.
///
/// @param verdicts of every pipeline that names the class
/// @param namespaces text of `namespaces.json`
/// @param secrets values by the name of their file, in Base64
/// @param ports of destinations
public record Plan(
    String className,
    Map<PipelineKey, Verdict> verdicts,
    ConfigShards shards,
    String namespaces,
    Map<String, String> secrets,
    Set<Integer> ports) {
  public String revision() {
    return shards.revision(namespaces);
  }

  /// Pipelines that the agents run, at the newest spec or an older one.
  public int running() {
    return (int) verdicts.values().stream().filter(verdict -> verdict.file() != null).count();
  }
}
