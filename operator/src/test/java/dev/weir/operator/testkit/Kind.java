package dev.weir.operator.testkit;

/// A kind of objects that the API server knows.
///
/// @param group empty for the core group
/// @param status whether it has the `/status` subresource
record Kind(
    String group, String version, String name, String plural, boolean namespaced, boolean status) {

  String apiVersion() {
    return group.isEmpty() ? version : group + "/" + version;
  }

  /// Whether the server counts changes of the specification.
  boolean counted() {
    return switch (name) {
      case "ConfigMap", "Secret", "Event", "Lease", "ServiceAccount", "Role", "RoleBinding" ->
          false;
      case "ClusterRole", "ClusterRoleBinding", "Namespace", "Node", "Pod", "Service" -> false;
      default -> true;
    };
  }
}
