package dev.weir.agent.discovery.kubernetes;

import dev.weir.agent.kubernetes.MetaLabels;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.ServiceSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Makes one target per port of a service.
final class ServiceTargets {
  private ServiceTargets() {}

  /// The targets of a service.
  static List<Map<String, String>> of(Service service, Attached attached) {
    String namespace = service.getMetadata().getNamespace();
    ServiceSpec spec = Objects.requireNonNullElseGet(service.getSpec(), ServiceSpec::new);
    MetaLabels common = labels(service).put("namespace", namespace);
    common.putAlways("service_type", spec.getType());
    if ("ExternalName".equals(spec.getType())) {
      common.putAlways("service_external_name", spec.getExternalName());
    } else {
      common.putAlways("service_cluster_ip", spec.getClusterIP());
    }
    if ("LoadBalancer".equals(spec.getType())) {
      common.putAlways("service_loadbalancer_ip", spec.getLoadBalancerIP());
    }
    common.putAll(attached.namespace(namespace));
    List<Map<String, String>> targets = new ArrayList<>();
    for (ServicePort port : spec.getPorts()) {
      MetaLabels labels =
          common
              .copy()
              .putAlways("service_port_name", port.getName())
              .putAlways("service_port_number", port.getPort())
              .putAlways("service_port_protocol", port.getProtocol());
      String host = service.getMetadata().getName() + "." + namespace + ".svc";
      targets.add(labels.target(host + ":" + port.getPort()));
    }
    return targets;
  }

  /// What a service adds to the targets of its endpoints.
  static MetaLabels labels(Service service) {
    return new MetaLabels()
        .put("service_name", service.getMetadata().getName())
        .putMetadata("service", service.getMetadata());
  }
}
