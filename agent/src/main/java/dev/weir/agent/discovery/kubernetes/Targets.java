package dev.weir.agent.discovery.kubernetes;

import dev.weir.agent.discovery.kubernetes.DiscoveryKubernetes.Arguments;
import dev.weir.agent.kubernetes.PodTargets;
import io.fabric8.kubernetes.api.model.Endpoints;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// Makes targets of all objects that are watched for a role.
@FunctionalInterface
interface Targets {
  /// The targets as of now.
  List<Map<String, String>> targets();

  /// Starts the watches that a role needs.
  static Targets of(Arguments arguments, Watches watches) {
    Attached attached = Attached.of(arguments, watches);
    return switch (arguments.role()) {
      case NODE -> each(watches.global(Node.class, Role.NODE), NodeTargets::of);
      case POD ->
          each(
              watches.namespaced(Pod.class, Role.POD), pod -> PodTargets.of(pod, attached.of(pod)));
      case SERVICE ->
          each(
              watches.namespaced(Service.class, Role.SERVICE),
              service -> ServiceTargets.of(service, attached));
      case INGRESS ->
          each(
              watches.namespaced(Ingress.class, Role.INGRESS),
              ingress -> IngressTargets.of(ingress, attached));
      case ENDPOINTS -> {
        Backends backends = Backends.of(watches, attached);
        yield each(
            watches.namespaced(Endpoints.class, Role.ENDPOINTS),
            endpoints -> EndpointsTargets.of(endpoints, backends));
      }
      case ENDPOINTSLICE -> {
        Backends backends = Backends.of(watches, attached);
        yield each(
            watches.namespaced(EndpointSlice.class, Role.ENDPOINTSLICE),
            slice -> EndpointSliceTargets.of(slice, backends));
      }
    };
  }

  private static <T extends HasMetadata> Targets each(
      Watched<T> objects, Function<T, List<Map<String, String>>> targets) {
    return () -> objects.all().map(targets).flatMap(List::stream).toList();
  }
}
