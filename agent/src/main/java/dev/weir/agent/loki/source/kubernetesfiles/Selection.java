package dev.weir.agent.loki.source.kubernetesfiles;

import dev.weir.agent.component.Policy;
import dev.weir.agent.kubernetes.KnownNamespace;
import dev.weir.agent.kubernetes.LabelSelector;
import dev.weir.agent.kubernetes.NodePod;
import dev.weir.agent.local.SegmentPattern;
import dev.weir.agent.loki.source.kubernetesfiles.LokiSourceKubernetesFiles.Arguments;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Which logs the arguments choose. Immutable.
final class Selection {
  private static final String EXCLUDE = "weir.dev/exclude";
  private static final String EXCLUDE_CONTAINERS = "weir.dev/exclude-containers";

  private final Policy policy;
  private final Set<String> namespaces;
  private final Set<String> excludedNamespaces;
  private final List<SegmentPattern> containers;
  private final List<SegmentPattern> excludedContainers;
  private final LabelSelector pods;
  private final LabelSelector namespaceLabels;
  private final boolean includeInit;

  /// @param policy which has the last word on namespaces
  Selection(Arguments arguments, Policy policy) {
    this.policy = policy;
    this.namespaces = Set.copyOf(arguments.namespaces());
    this.excludedNamespaces = Set.copyOf(arguments.excludeNamespaces());
    this.containers = arguments.containers().stream().map(SegmentPattern::new).toList();
    this.excludedContainers =
        arguments.excludeContainers().stream().map(SegmentPattern::new).toList();
    this.pods = LabelSelector.parse(arguments.labelSelector());
    this.namespaceLabels = LabelSelector.parse(arguments.namespaceSelector());
    this.includeInit = arguments.includeInit();
  }

  /// The only namespaces that anything can be wanted of; null for any.
  @Nullable Set<String> onlyNamespaces() {
    if (namespaces.isEmpty()) {
      return policy.namespaces();
    }
    return namespaces.stream().filter(policy::allowsNamespace).collect(Collectors.toSet());
  }

  /// Whether a change in a namespace may make a difference.
  ///
  /// @param namespace null when it may be any
  boolean concerns(@Nullable String namespace) {
    return namespace == null
        || (policy.allowsNamespace(namespace)
            && (namespaces.isEmpty() || namespaces.contains(namespace)));
  }

  /// Whether what its path tells allows a log.
  boolean mayWant(PodLogFile file) {
    String namespace = file.namespace();
    return policy.allowsNamespace(namespace)
        && (namespaces.isEmpty() || namespaces.contains(namespace))
        && !excludedNamespaces.contains(namespace)
        && (containers.isEmpty() || matches(containers, file.container()))
        && !matches(excludedContainers, file.container());
  }

  private static boolean matches(List<SegmentPattern> patterns, String name) {
    return patterns.stream().anyMatch(pattern -> pattern.matches(name));
  }

  /// Whether a log is wanted that its path allows. Nothing is wanted that a selector asks more of
  /// than is known.
  boolean wants(PodLogFile file, Facts facts) {
    return wantsPod(file, facts.pod()) && wantsNamespace(facts.namespace());
  }

  private boolean wantsPod(PodLogFile file, @Nullable NodePod pod) {
    if (pod == null) {
      return pods.isEmpty() && includeInit;
    }
    return policy.allowsNamespace(pod.namespace())
        && pods.matches(pod.labels())
        && !isExcluded(pod.labels())
        && !isExcluded(pod.annotations())
        && !excludedByName(pod).contains(file.container())
        && (includeInit || !pod.container(file.container()).init());
  }

  private boolean wantsNamespace(@Nullable KnownNamespace namespace) {
    return namespace == null
        ? namespaceLabels.isEmpty()
        : namespaceLabels.matches(namespace.labels());
  }

  private static boolean isExcluded(Map<String, String> marks) {
    return "true".equals(marks.get(EXCLUDE));
  }

  private static List<String> excludedByName(NodePod pod) {
    String names = pod.annotations().getOrDefault(EXCLUDE_CONTAINERS, "");
    return Arrays.stream(names.split(",", -1)).map(String::strip).toList();
  }
}
