package dev.weir.agent.discovery.kubernetes;

import dev.weir.agent.kubernetes.MetaLabels;
import io.fabric8.kubernetes.api.model.EndpointAddress;
import io.fabric8.kubernetes.api.model.EndpointPort;
import io.fabric8.kubernetes.api.model.EndpointSubset;
import io.fabric8.kubernetes.api.model.Endpoints;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectReference;
import java.util.List;
import java.util.Map;

/// Makes one target per address and port of a service's endpoints, and per other port of the pods
/// behind them.
final class EndpointsTargets {
  private EndpointsTargets() {}

  static List<Map<String, String>> of(Endpoints endpoints, Backends backends) {
    ObjectMeta metadata = endpoints.getMetadata();
    MetaLabels common =
        backends
            .common(metadata.getNamespace(), metadata.getName())
            .put("endpoints_name", metadata.getName())
            .putMetadata("endpoints", metadata);
    Backends.Making making = backends.new Making(common);
    for (EndpointSubset subset : endpoints.getSubsets()) {
      for (EndpointPort port : subset.getPorts()) {
        subset.getAddresses().forEach(address -> add(making, address, port, true));
        subset.getNotReadyAddresses().forEach(address -> add(making, address, port, false));
      }
    }
    return making.targets();
  }

  private static void add(
      Backends.Making making, EndpointAddress address, EndpointPort port, boolean ready) {
    var labels =
        new MetaLabels()
            .putAlways("endpoint_port_name", port.getName())
            .putAlways("endpoint_port_protocol", port.getProtocol())
            .put("endpoint_ready", Boolean.toString(ready))
            .put("endpoint_node_name", address.getNodeName())
            .put("endpoint_hostname", address.getHostname());
    ObjectReference reference = address.getTargetRef();
    if (reference != null) {
      labels.putAlways("endpoint_address_target_kind", reference.getKind());
      labels.putAlways("endpoint_address_target_name", reference.getName());
    }
    var endpoint = new Backends.Endpoint(reference, address.getNodeName());
    making.add(address.getIp(), port.getPort(), labels, endpoint);
  }
}
