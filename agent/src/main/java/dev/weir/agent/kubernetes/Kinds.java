package dev.weir.agent.kubernetes;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Endpoints;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.KubernetesResource;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;

/// Which kinds of objects a client reads as classes of their own.
///
/// Left to itself the client loads the classes of every kind of Kubernetes, more than 500, for the
/// first object of a watch. Kinds that are not named here are read as generic objects.
public final class Kinds {
  private static final KubernetesSerialization OF_THE_AGENT =
      reading(
          List.of(
              ConfigMap.class,
              Endpoints.class,
              EndpointSlice.class,
              Event.class,
              Ingress.class,
              Namespace.class,
              Node.class,
              Pod.class,
              Secret.class,
              Service.class));

  private Kinds() {}

  /// What the agent's clients share.
  static KubernetesSerialization ofTheAgent() {
    return OF_THE_AGENT;
  }

  /// Reads and writes these kinds, and the statuses with which servers refuse.
  public static KubernetesSerialization reading(List<Class<? extends KubernetesResource>> kinds) {
    var serialization = new KubernetesSerialization(new ObjectMapper(), false);
    serialization.registerKubernetesResource(Status.class);
    kinds.forEach(serialization::registerKubernetesResource);
    return serialization;
  }
}
