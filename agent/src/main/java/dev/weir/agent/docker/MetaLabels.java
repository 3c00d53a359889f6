package dev.weir.agent.docker;

import java.util.LinkedHashMap;
import java.util.Map;

/// The labels that tell of a container, as discovery gives them.
public final class MetaLabels {
  /// What all of them begin with.
  public static final String PREFIX = "__meta_docker_";

  /// The id, by which a target is known to be a container.
  public static final String CONTAINER_ID = PREFIX + "container_id";

  private MetaLabels() {}

  /// Those of the container itself.
  ///
  /// @param name with its leading slash
  public static Map<String, String> of(
      String id, String name, String networkMode, Map<String, String> containerLabels) {
    var labels = new LinkedHashMap<String, String>();
    labels.put(CONTAINER_ID, id);
    labels.put(PREFIX + "container_name", name);
    labels.put(PREFIX + "container_network_mode", networkMode);
    putAll(labels, PREFIX + "container_label_", containerLabels);
    return labels;
  }

  /// Adds labels under names made of a prefix and their own.
  public static void putAll(Map<String, String> target, String prefix, Map<String, String> labels) {
    labels.forEach((label, value) -> target.put(prefix + sanitised(label), value));
  }

  /// A name that Loki takes: `com.docker.compose.service` becomes `com_docker_compose_service`.
  public static String sanitised(String label) {
    var name = new StringBuilder(label.length());
    for (int i = 0; i < label.length(); i++) {
      char c = label.charAt(i);
      boolean allowed =
          c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      name.append(allowed ? c : '_');
    }
    return name.toString();
  }
}
