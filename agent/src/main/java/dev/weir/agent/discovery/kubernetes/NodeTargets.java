package dev.weir.agent.discovery.kubernetes;

import dev.weir.agent.kubernetes.MetaLabels;
import dev.weir.agent.kubernetes.PodTargets;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeAddress;
import io.fabric8.kubernetes.api.model.NodeStatus;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Makes one target per node: its kubelet.
final class NodeTargets {
  private static final List<String> PREFERRED =
      List.of("InternalIP", "InternalDNS", "ExternalIP", "ExternalDNS", "LegacyHostIP", "Hostname");

  private NodeTargets() {}

  /// The target of a node; none when it has no address.
  static List<Map<String, String>> of(Node node) {
    String name = node.getMetadata().getName();
    var labels = new MetaLabels().put("node_name", name);
    if (node.getSpec() != null) {
      labels.putAlways("node_provider_id", node.getSpec().getProviderID());
    }
    labels.putMetadata("node", node.getMetadata());
    Map<String, String> addresses = addresses(node.getStatus());
    addresses.forEach((type, address) -> labels.put("node_address_" + type, address));
    for (String type : PREFERRED) {
      String address = addresses.get(type);
      if (address != null) {
        String kubelet = PodTargets.hostPort(address, kubeletPort(node.getStatus()));
        Map<String, String> target = labels.target(kubelet);
        target.put("instance", name);
        return List.of(target);
      }
    }
    return List.of();
  }

  private static Map<String, String> addresses(@Nullable NodeStatus status) {
    var addresses = new HashMap<String, String>();
    if (status != null) {
      for (NodeAddress address : status.getAddresses()) {
        addresses.putIfAbsent(address.getType(), address.getAddress());
      }
    }
    return addresses;
  }

  private static int kubeletPort(NodeStatus status) {
    var endpoints = status.getDaemonEndpoints();
    var kubelet = endpoints == null ? null : endpoints.getKubeletEndpoint();
    Integer port = kubelet == null ? null : kubelet.getPort();
    return port == null ? 0 : port;
  }
}
