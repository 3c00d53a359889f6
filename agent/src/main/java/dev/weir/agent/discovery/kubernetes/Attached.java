package dev.weir.agent.discovery.kubernetes;

import dev.weir.agent.discovery.kubernetes.DiscoveryKubernetes.Arguments;
import dev.weir.agent.kubernetes.MetaLabels;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What `attach_metadata` adds to targets.
record Attached(Watched<Node> nodes, Watched<Namespace> namespaces) {
  static Attached of(Arguments arguments, Watches watches) {
    boolean nodes = arguments.attachesNodes() && arguments.role() != Role.NODE;
    boolean namespaces = arguments.attachesNamespaces() && arguments.role() != Role.NODE;
    return new Attached(
        nodes ? watches.global(Node.class) : new Watched<>(List.of()),
        namespaces ? watches.global(Namespace.class) : new Watched<>(List.of()));
  }

  /// Labels of a pod's node and namespace.
  MetaLabels of(Pod pod) {
    String node = pod.getSpec() == null ? null : pod.getSpec().getNodeName();
    return node(node).putAll(namespace(pod.getMetadata().getNamespace()));
  }

  /// Labels of a node.
  MetaLabels node(@Nullable String name) {
    var labels = new MetaLabels();
    Node node = name == null ? null : nodes.get(null, name);
    if (node != null) {
      labels.put("node_name", name);
      labels.putMetadata("node", node.getMetadata());
    }
    return labels;
  }

  /// Labels of a namespace.
  MetaLabels namespace(@Nullable String name) {
    var labels = new MetaLabels();
    Namespace namespace = name == null ? null : namespaces.get(null, name);
    return namespace == null ? labels : labels.putMetadata("namespace", namespace.getMetadata());
  }
}
