package dev.weir.agent.loki.source.docker;

import dev.weir.agent.docker.MetaLabels;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which containers are to be collected: those of a list of targets, or all that run. Immutable.
final class Wanted {
  private final @Nullable Map<String, Map<String, String>> targets;

  /// @param list targets, or null for all containers; of several with one container the first
  ///   counts, and those without one are left out
  Wanted(@Nullable List<Map<String, String>> list) {
    if (list == null) {
      targets = null;
      return;
    }
    var byId = new LinkedHashMap<String, Map<String, String>>();
    for (Map<String, String> target : list) {
      String id = target.get(MetaLabels.CONTAINER_ID);
      if (id != null && !id.isEmpty()) {
        byId.putIfAbsent(id, target);
      }
    }
    targets = Collections.unmodifiableMap(byId);
  }

  /// Whether there is no list.
  boolean everything() {
    return targets == null;
  }

  boolean contains(String id) {
    return targets == null || targets.containsKey(id);
  }

  /// The containers of the list, none when there is no list.
  Set<String> ids() {
    return targets == null ? Set.of() : targets.keySet();
  }

  /// The labels of a container's target, or null when there is no list.
  @Nullable Map<String, String> labels(String id) {
    return targets == null ? null : targets.get(id);
  }
}
