package dev.weir.operator.reconcile;

import dev.weir.operator.children.Names;
import dev.weir.operator.health.Agents;
import dev.weir.operator.health.PipelineHealth;
import dev.weir.operator.plan.Plan;
import dev.weir.operator.plan.Verdict;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// The agents of all classes, for the poll. Thread-safe.
final class PolledAgents implements Agents {
  private final Shared shared;

  PolledAgents(Shared shared) {
    this.shared = shared;
  }

  @Override
  public List<Agent> running() {
    // Without plans another operator leads, which asks them.
    return plans().isEmpty()
        ? List.of()
        : shared.agentPods().stream().map(PolledAgents::agent).flatMap(Optional::stream).toList();
  }

  private static Optional<Agent> agent(Pod pod) {
    String ip = pod.getStatus() == null ? null : pod.getStatus().getPodIP();
    if (ip == null || ip.isEmpty() || pod.getMetadata().getDeletionTimestamp() != null) {
      return Optional.empty();
    }
    Map<String, String> labels = pod.getMetadata().getLabels();
    String host = ip.contains(":") ? "[" + ip + "]" : ip;
    return pod.getSpec().getContainers().stream()
        .flatMap(container -> container.getPorts().stream())
        .filter(port -> "http".equals(port.getName()))
        .map(ContainerPort::getContainerPort)
        .findFirst()
        .map(port ->
            new Agent(
                labels.getOrDefault(Names.INSTANCE, ""),
                pod.getMetadata().getName(),
                "http://" + host + ":" + port,
                Names.SINGLETON.equals(labels.get(Names.COMPONENT))));
  }

  @Override
  public int desired(String className) {
    return shared.board().agents(className).map(counts -> counts.desired()).orElse(0);
  }

  @Override
  public Map<String, Plan> plans() {
    return shared.board().plans();
  }

  @Override
  public void told(Map<String, PipelineHealth> health) {
    Map<String, PipelineHealth> before = shared.board().health();
    shared.board().health(health);
    for (Plan plan : plans().values()) {
      for (Verdict verdict : plan.verdicts().values()) {
        String uid = verdict.pipeline().uid();
        if (!Objects.equals(before.get(uid), health.get(uid))) {
          shared.pipelines().look(verdict.key());
        }
      }
    }
  }

  @Override
  public void version(String className, String version) {
    shared.board().version(className, version);
  }
}
