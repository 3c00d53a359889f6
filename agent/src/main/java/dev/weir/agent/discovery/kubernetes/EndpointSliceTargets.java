package dev.weir.agent.discovery.kubernetes;

import dev.weir.agent.kubernetes.MetaLabels;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointConditions;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointPort;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Makes one target per address and port of a slice of endpoints, and per other port of the pods
/// behind them.
final class EndpointSliceTargets {
  private static final String SERVICE = "kubernetes.io/service-name";

  private EndpointSliceTargets() {}

  static List<Map<String, String>> of(EndpointSlice slice, Backends backends) {
    ObjectMeta metadata = slice.getMetadata();
    Map<String, String> labels = metadata.getLabels();
    MetaLabels common =
        backends
            .common(metadata.getNamespace(), labels == null ? null : labels.get(SERVICE))
            .put("endpointslice_name", metadata.getName())
            .putAlways("endpointslice_address_type", slice.getAddressType())
            .putMetadata("endpointslice", metadata);
    Backends.Making making = backends.new Making(common);
    for (Endpoint endpoint : slice.getEndpoints()) {
      for (EndpointPort port : slice.getPorts()) {
        endpoint.getAddresses().forEach(address -> add(making, address, endpoint, port));
      }
    }
    return making.targets();
  }

  private static void add(
      Backends.Making making, String address, Endpoint endpoint, EndpointPort port) {
    var labels =
        new MetaLabels()
            .put("endpointslice_port_name", port.getName())
            .put("endpointslice_port_protocol", port.getProtocol())
            .put("endpointslice_port", port.getPort())
            .put("endpointslice_port_app_protocol", port.getAppProtocol())
            .put("endpointslice_endpoint_hostname", endpoint.getHostname())
            .put("endpointslice_endpoint_node_name", endpoint.getNodeName())
            .put("endpointslice_endpoint_zone", endpoint.getZone());
    addConditions(labels, endpoint.getConditions());
    ObjectReference reference = endpoint.getTargetRef();
    if (reference != null) {
      labels.putAlways("endpointslice_address_target_kind", reference.getKind());
      labels.putAlways("endpointslice_address_target_name", reference.getName());
    }
    addTopology(labels, endpoint.getDeprecatedTopology());
    var lead = new Backends.Endpoint(reference, endpoint.getNodeName());
    making.add(address, port.getPort(), labels, lead);
  }

  private static void addConditions(MetaLabels labels, @Nullable EndpointConditions conditions) {
    if (conditions != null) {
      String prefix = "endpointslice_endpoint_conditions_";
      labels.put(prefix + "ready", conditions.getReady());
      labels.put(prefix + "serving", conditions.getServing());
      labels.put(prefix + "terminating", conditions.getTerminating());
    }
  }

  private static void addTopology(MetaLabels labels, @Nullable Map<String, String> topology) {
    labels.putAll(
        "endpointslice_endpoint_topology_", "endpointslice_endpoint_topology_present_", topology);
  }
}
