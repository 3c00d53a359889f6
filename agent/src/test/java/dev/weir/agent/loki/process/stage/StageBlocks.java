package dev.weir.agent.loki.process.stage;

import dev.weir.agent.river.eval.NamedBlock;
import java.util.List;
import java.util.Map;

/// Blocks as they come decoded.
public final class StageBlocks {
  private StageBlocks() {}

  /// `stage.docker` and `stage.labels`, as a first configuration has them.
  public static List<NamedBlock> dockerAndLabels() {
    return List.of(
        new NamedBlock("docker", new DockerStage.Arguments()),
        new NamedBlock(
            "labels",
            new LabelsStage.Arguments(
                Map.of(
                    "stream", "",
                    "container", "container_name",
                    "container_id", "container_id",
                    "compose_service", "container_label_com_docker_compose_service",
                    "compose_project", "container_label_com_docker_compose_project"),
                "extracted")));
  }
}
