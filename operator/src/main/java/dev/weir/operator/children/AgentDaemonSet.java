package dev.weir.operator.children;

import dev.weir.operator.api.Access;
import dev.weir.operator.api.LogAgentClassSpec;
import dev.weir.operator.api.Placement;
import dev.weir.operator.api.Security;
import dev.weir.operator.api.StateInit;
import io.fabric8.kubernetes.api.model.Affinity;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.Toleration;
import io.fabric8.kubernetes.api.model.TolerationBuilder;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.DaemonSetBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The agents, one on every node that the class means.
///
/// The pod template is a function of the class alone: no pipeline and no secret changes it, so that
/// none restarts a pod.
final class AgentDaemonSet {
  private static final String HOST_TMP = "/tmp/weir-";

  private AgentDaemonSet() {}

  static DaemonSet of(ClassFacts facts) {
    LogAgentClassSpec spec = facts.spec();
    return new DaemonSetBuilder()
        .withMetadata(Names.metadata(facts, Names.agent(facts.name()), Names.AGENT))
        .withNewSpec()
        .withMinReadySeconds(spec.rollout().minReadySeconds())
        .withNewSelector()
        .withMatchLabels(Names.selector(facts.name(), Names.AGENT))
        .endSelector()
        .withNewUpdateStrategy()
        .withType("RollingUpdate")
        .withNewRollingUpdate()
        .withMaxUnavailable(intOrString(spec.rollout().maxUnavailable()))
        .endRollingUpdate()
        .endUpdateStrategy()
        .withTemplate(PodPatch.apply(template(facts), spec.podTemplatePatch()))
        .endSpec()
        .build();
  }

  private static IntOrString intOrString(String text) {
    return text.endsWith("%") ? new IntOrString(text) : new IntOrString(Integer.valueOf(text));
  }

  private static PodTemplateSpec template(ClassFacts facts) {
    return new PodTemplateSpecBuilder()
        .withNewMetadata()
        .withLabels(podLabels(facts.name(), Names.AGENT))
        .addToAnnotations("kubectl.kubernetes.io/default-container", "agent")
        .endMetadata()
        .withSpec(podSpec(facts))
        .build();
  }

  static Map<String, String> podLabels(String className, String component) {
    var labels = new TreeMap<String, String>(Names.labels(className, component));
    // Agents that read their own logs would log about them.
    labels.put("weir.dev/exclude", "true");
    return labels;
  }

  private static PodSpec podSpec(ClassFacts facts) {
    LogAgentClassSpec spec = facts.spec();
    Placement placement = spec.placement();
    PodVolumes volumes = volumes(facts);
    var pod =
        new PodSpecBuilder()
            .withServiceAccountName(Names.agent(facts.name()))
            .withAutomountServiceAccountToken(true)
            .withImagePullSecrets(PodParts.pullSecrets(facts))
            .withTerminationGracePeriodSeconds(GoSeconds.parse(spec.rollout().terminationGrace()))
            .withNodeSelector(nodeSelector(placement))
            .withTolerations(tolerations(placement))
            .withSecurityContext(PodParts.podSecurity(spec.security()))
            .withContainers(PodParts.agent(facts, volumes.mounts()))
            .withVolumes(volumes.volumes());
    if (placement.priorityClassName() != null) {
      pod.withPriorityClassName(placement.priorityClassName());
    }
    if (!placement.affinity().isEmpty()) {
      pod.withAffinity(Conversion.convert(placement.affinity(), Affinity.class));
    }
    if (spec.security().stateInit() == StateInit.INIT_CONTAINER) {
      pod.withInitContainers(PodParts.stateOwner(facts, volumes.mount("state")));
    }
    return pod.build();
  }

  private static Map<String, String> nodeSelector(Placement placement) {
    var selector = new TreeMap<String, String>();
    selector.put("kubernetes.io/os", "linux");
    selector.putAll(placement.nodeSelector());
    return selector;
  }

  private static List<Toleration> tolerations(Placement placement) {
    return placement.tolerations() == null
        ? List.of(new TolerationBuilder().withOperator("Exists").build())
        : placement.tolerations();
  }

  private static PodVolumes volumes(ClassFacts facts) {
    Access access = facts.spec().access();
    var volumes =
        new PodVolumes()
            .configuration(configMaps(facts.name()))
            .secrets(facts.name())
            .state(stateDirectory(facts))
            .temporary();
    if (access.podLogs()) {
      volumes.node("pod-logs", "/var/log/pods");
    }
    if (access.journal()) {
      volumes
          .node("journal", "/var/log/journal")
          .node("journal-volatile", "/run/log/journal")
          .node("machine-id", "/etc/machine-id");
    }
    for (int index = 0; index < access.hostPaths().size(); index++) {
      volumes.node("host-" + index, access.hostPaths().get(index));
    }
    return volumes;
  }

  /// Each class has its own directory: two agents on one node must not share their places.
  private static String stateDirectory(ClassFacts facts) {
    Security security = facts.spec().security();
    return security.stateInit() == StateInit.HOST_TMP
        ? HOST_TMP + facts.name()
        : security.stateDir() + "/" + facts.name();
  }

  private static List<String> configMaps(String className) {
    var names = new ArrayList<String>();
    names.add(Names.head(className));
    for (int shard = 0; shard < Names.SHARDS; shard++) {
      names.add(Names.config(className, shard));
    }
    return names;
  }
}
