package dev.weir.operator.children;

import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import java.util.List;

/// The one agent of a class that reads events of Kubernetes.
///
/// It is replaced, never doubled: two at a time would send every event twice.
final class EventsDeployment {
  private EventsDeployment() {}

  static Deployment of(ClassFacts facts) {
    return new DeploymentBuilder()
        .withMetadata(Names.metadata(facts, Names.singleton(facts.name()), Names.SINGLETON))
        .withNewSpec()
        .withReplicas(1)
        .withNewSelector()
        .withMatchLabels(Names.selector(facts.name(), Names.SINGLETON))
        .endSelector()
        .withNewStrategy()
        .withType("Recreate")
        .endStrategy()
        .withNewTemplate()
        .withNewMetadata()
        .withLabels(AgentDaemonSet.podLabels(facts.name(), Names.SINGLETON))
        .addToAnnotations("kubectl.kubernetes.io/default-container", "agent")
        .endMetadata()
        .withSpec(podSpec(facts))
        .endTemplate()
        .endSpec()
        .build();
  }

  private static PodSpec podSpec(ClassFacts facts) {
    var volumes =
        new PodVolumes()
            .configuration(List.of(Names.head(facts.name()), Names.events(facts.name())))
            .secrets(facts.name())
            .passingState()
            .temporary();
    var pod =
        new PodSpecBuilder()
            .withServiceAccountName(Names.singleton(facts.name()))
            .withAutomountServiceAccountToken(true)
            .withImagePullSecrets(PodParts.pullSecrets(facts))
            .withTerminationGracePeriodSeconds(
                GoSeconds.parse(facts.spec().rollout().terminationGrace()))
            .addToNodeSelector("kubernetes.io/os", "linux")
            .withSecurityContext(PodParts.podSecurity(facts.spec().security()))
            .withContainers(PodParts.agent(facts, volumes.mounts()))
            .withVolumes(volumes.volumes());
    String priority = facts.spec().placement().priorityClassName();
    if (priority != null) {
      pod.withPriorityClassName(priority);
    }
    return pod.build();
  }
}
