package dev.weir.operator.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;

/// The kinds a server knows, and how it tells of them. Thread-safe.
final class Kinds {
  private final List<Kind> all =
      new CopyOnWriteArrayList<>(
          List.of(
              core("Namespace", "namespaces", false),
              core("Node", "nodes", false),
              core("Pod", "pods", true),
              core("ConfigMap", "configmaps", true),
              core("Secret", "secrets", true),
              core("Service", "services", true),
              core("ServiceAccount", "serviceaccounts", true),
              core("Event", "events", true),
              namespaced("apps", "v1", "DaemonSet", "daemonsets"),
              namespaced("apps", "v1", "Deployment", "deployments"),
              namespaced("apps", "v1", "ControllerRevision", "controllerrevisions"),
              namespaced("policy", "v1", "PodDisruptionBudget", "poddisruptionbudgets"),
              namespaced("batch", "v1", "Job", "jobs"),
              namespaced("coordination.k8s.io", "v1", "Lease", "leases"),
              namespaced("events.k8s.io", "v1", "Event", "events"),
              namespaced("networking.k8s.io", "v1", "NetworkPolicy", "networkpolicies"),
              namespaced("rbac.authorization.k8s.io", "v1", "Role", "roles"),
              namespaced("rbac.authorization.k8s.io", "v1", "RoleBinding", "rolebindings"),
              cluster("rbac.authorization.k8s.io", "v1", "ClusterRole", "clusterroles"),
              cluster(
                  "rbac.authorization.k8s.io", "v1", "ClusterRoleBinding", "clusterrolebindings"),
              cluster("scheduling.k8s.io", "v1", "PriorityClass", "priorityclasses"),
              cluster(
                  "admissionregistration.k8s.io",
                  "v1",
                  "ValidatingAdmissionPolicy",
                  "validatingadmissionpolicies"),
              cluster(
                  "admissionregistration.k8s.io",
                  "v1",
                  "ValidatingAdmissionPolicyBinding",
                  "validatingadmissionpolicybindings"),
              cluster(
                  "apiextensions.k8s.io",
                  "v1",
                  "CustomResourceDefinition",
                  "customresourcedefinitions")));

  private static Kind core(String name, String plural, boolean namespaced) {
    return new Kind("", "v1", name, plural, namespaced, true);
  }

  private static Kind namespaced(String group, String version, String name, String plural) {
    return new Kind(group, version, name, plural, true, true);
  }

  private static Kind cluster(String group, String version, String name, String plural) {
    return new Kind(group, version, name, plural, false, true);
  }

  void add(Kind kind) {
    if (!all.contains(kind)) {
      all.add(kind);
    }
  }

  /// Learns the kinds that a definition defines.
  void define(JsonNode definition) {
    JsonNode spec = definition.path("spec");
    for (JsonNode version : spec.path("versions")) {
      add(
          new Kind(
              spec.path("group").asText(),
              version.path("name").asText(),
              spec.path("names").path("kind").asText(),
              spec.path("names").path("plural").asText(),
              spec.path("scope").asText().equals("Namespaced"),
              version.path("subresources").has("status")));
    }
  }

  void remove(String group) {
    all.removeIf(kind -> kind.group().equals(group));
  }

  Optional<Kind> byPlural(String group, String version, String plural) {
    return all.stream()
        .filter(kind -> kind.group().equals(group) && kind.version().equals(version))
        .filter(kind -> kind.plural().equals(plural))
        .findFirst();
  }

  /// `/apis`: the groups.
  ObjectNode groups() {
    ObjectNode list = node().put("kind", "APIGroupList").put("apiVersion", "v1");
    ArrayNode groups = list.putArray("groups");
    var names = new TreeSet<String>();
    all.stream().map(Kind::group).filter(group -> !group.isEmpty()).forEach(names::add);
    names.forEach(name -> group(name).ifPresent(groups::add));
    return list;
  }

  /// `/apis/GROUP`.
  Optional<ObjectNode> group(String name) {
    var versions = new TreeSet<String>();
    all.stream().filter(kind -> kind.group().equals(name)).forEach(k -> versions.add(k.version()));
    if (versions.isEmpty()) {
      return Optional.empty();
    }
    ObjectNode group = node().put("kind", "APIGroup").put("apiVersion", "v1").put("name", name);
    ArrayNode told = group.putArray("versions");
    versions.forEach(version -> told.add(groupVersion(name, version)));
    group.set("preferredVersion", groupVersion(name, versions.last()));
    return Optional.of(group);
  }

  private static ObjectNode groupVersion(String group, String version) {
    return node().put("groupVersion", group + "/" + version).put("version", version);
  }

  /// `/api/v1` or `/apis/GROUP/VERSION`.
  Optional<ObjectNode> resources(String group, String version) {
    List<Kind> kinds =
        all.stream()
            .filter(kind -> kind.group().equals(group) && kind.version().equals(version))
            .toList();
    if (kinds.isEmpty()) {
      return Optional.empty();
    }
    ObjectNode list = node().put("kind", "APIResourceList").put("apiVersion", "v1");
    list.put("groupVersion", kinds.getFirst().apiVersion());
    ArrayNode resources = list.putArray("resources");
    for (Kind kind : kinds) {
      resources.add(resource(kind, kind.plural()));
      if (kind.status()) {
        resources.add(resource(kind, kind.plural() + "/status"));
      }
    }
    return Optional.of(list);
  }

  private static ObjectNode resource(Kind kind, String name) {
    ObjectNode resource =
        node().put("name", name).put("kind", kind.name()).put("namespaced", kind.namespaced());
    resource.put("singularName", "");
    ArrayNode verbs = resource.putArray("verbs");
    List.of("create", "delete", "get", "list", "patch", "update", "watch").forEach(verbs::add);
    return resource;
  }

  private static ObjectNode node() {
    return JsonNodeFactory.instance.objectNode();
  }
}
