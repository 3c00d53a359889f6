package dev.weir.agent.pipelinedir;

import org.jspecify.annotations.Nullable;

/// Whose pipeline it is: as its text says, or as its file is named while no text runs.
record Identity(String kind, String namespace, String name, String uid) {
  private static final String CLUSTER = "_cluster";

  /// @param id the file's name without its endings: `team-a.shop`, `_cluster.audit`
  static Identity of(String id, @Nullable Running running) {
    if (running != null) {
      PipelineBlock block = running.text().block();
      return new Identity(block.kind(), block.namespace(), block.name(), block.uid());
    }
    int dot = id.indexOf('.');
    String first = dot < 0 ? "" : id.substring(0, dot);
    String rest = id.substring(dot + 1);
    return first.equals(CLUSTER)
        ? new Identity(PipelineBlock.CLUSTER, "", rest, "")
        : new Identity(PipelineBlock.TENANTS, first, rest, "");
  }
}
