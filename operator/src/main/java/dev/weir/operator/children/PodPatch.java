package dev.weir.operator.children;

import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The strategic merge patch with which an administrator changes what no field of the class says.
///
/// Objects are merged, `null` removes, lists whose items have names are merged by them, as
/// Kubernetes does it for pods; an item with `$patch: delete` is removed.
final class PodPatch {
  private static final List<String> KEYS =
      List.of("name", "mountPath", "containerPort", "topologyKey", "ip");

  private PodPatch() {}

  static PodTemplateSpec apply(PodTemplateSpec template, Map<String, Object> patch) {
    if (patch.isEmpty()) {
      return template;
    }
    Map<String, Object> tree = map(Conversion.convert(template, Map.class));
    return Conversion.convert(merge(tree, patch), PodTemplateSpec.class);
  }

  private static Map<String, Object> merge(Map<String, Object> base, Map<String, Object> patch) {
    var merged = new LinkedHashMap<String, Object>(base);
    patch.forEach((name, value) -> {
      Object old = merged.get(name);
      if (value == null) {
        merged.remove(name);
      } else if (value instanceof Map<?, ?> object && old instanceof Map<?, ?> oldObject) {
        merged.put(name, merge(map(oldObject), map(object)));
      } else if (value instanceof List<?> list && old instanceof List<?> oldList) {
        merged.put(name, merge(oldList, list));
      } else {
        merged.put(name, value);
      }
    });
    return merged;
  }

  private static List<?> merge(List<?> base, List<?> patch) {
    String key = key(patch);
    if (key == null || !Objects.equals(key, key(base))) {
      return patch;
    }
    var byKey = new LinkedHashMap<Object, Map<String, Object>>();
    base.forEach(item -> byKey.put(map(item).get(key), map(item)));
    for (Object item : patch) {
      Map<String, Object> change = map(item);
      if ("delete".equals(change.get("$patch"))) {
        byKey.remove(change.get(key));
      } else {
        byKey.merge(change.get(key), change, PodPatch::merge);
      }
    }
    return new ArrayList<>(byKey.values());
  }

  private static @Nullable String key(List<?> list) {
    return KEYS.stream()
        .filter(key -> !list.isEmpty())
        .filter(key ->
            list.stream().allMatch(item -> item instanceof Map<?, ?> map && map.containsKey(key)))
        .findFirst()
        .orElse(null);
  }

  @SuppressWarnings("unchecked") // Objects of JSON have names for keys.
  private static Map<String, Object> map(Object object) {
    return (Map<String, Object>) object;
  }
}
