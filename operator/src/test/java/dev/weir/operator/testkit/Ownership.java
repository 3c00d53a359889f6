package dev.weir.operator.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/// Server-side apply: merges what managers say about one object, and remembers who said what.
final class Ownership {
  private Ownership() {}

  /// The object after a manager applied its part of it.
  ///
  /// @param patch what the manager says; of the metadata only what managers may own
  /// @throws ApiFailure with 409 when another manager owns a field with another value
  static Stored apply(Stored live, ObjectNode patch, Manager manager, boolean force) {
    Set<FieldPath> wanted = Structure.fields(patch);
    Map<Manager, Set<FieldPath>> owners = copy(live.owners());
    Set<FieldPath> before = owners.getOrDefault(manager, Set.of());
    takeOver(live, patch, wanted, owners, manager, force);
    owners.put(manager, wanted);
    ObjectNode object = live.object().deepCopy();
    before.stream()
        .filter(path -> !wanted.contains(path) && !owned(owners, path))
        // Items before what is in them, as they are found by it.
        .sorted(Comparator.comparingInt((FieldPath path) -> path.steps().size()))
        .forEach(path -> remove(object, path));
    merge(object, patch);
    return new Stored(object, owners);
  }

  /// The object after a manager replaced it: what it changed is its own.
  static Stored update(Stored live, ObjectNode next, Manager manager) {
    Set<FieldPath> now = Structure.fields(next);
    Set<FieldPath> changed = paths();
    for (FieldPath path : now) {
      if (!Objects.equals(Stored.value(live.object(), path), Stored.value(next, path))) {
        changed.add(path);
      }
    }
    Map<Manager, Set<FieldPath>> owners = copy(live.owners());
    owners
        .values()
        .forEach(fields -> {
          fields.removeAll(changed);
          fields.removeIf(path -> Stored.value(next, path) == null);
        });
    owners.computeIfAbsent(manager, _ -> paths()).addAll(changed);
    return new Stored(next, owners);
  }

  private static void takeOver(
      Stored live,
      ObjectNode patch,
      Set<FieldPath> wanted,
      Map<Manager, Set<FieldPath>> owners,
      Manager manager,
      boolean force) {
    for (FieldPath path : wanted) {
      if (Objects.equals(Stored.value(live.object(), path), Stored.value(patch, path))
          || path.steps().getLast().startsWith("k:")) {
        continue;
      }
      owners.forEach((other, fields) -> {
        if (!other.equals(manager) && fields.contains(path)) {
          if (!force) {
            throw ApiFailure.conflict(
                "Apply failed with 1 conflict: conflict with \"%s\": .%s"
                    .formatted(other.name(), path));
          }
          fields.remove(path);
        }
      });
    }
  }

  private static boolean owned(Map<Manager, Set<FieldPath>> owners, FieldPath path) {
    return owners.values().stream()
        .anyMatch(fields ->
            fields.contains(path) || fields.stream().anyMatch(field -> field.isBelow(path)));
  }

  private static Map<Manager, Set<FieldPath>> copy(Map<Manager, Set<FieldPath>> owners) {
    var copy = new HashMap<Manager, Set<FieldPath>>();
    owners.forEach((manager, fields) -> {
      Set<FieldPath> own = paths();
      own.addAll(fields);
      copy.put(manager, own);
    });
    return copy;
  }

  private static Set<FieldPath> paths() {
    return new TreeSet<>(Structure.BY_TEXT);
  }

  private static void remove(ObjectNode object, FieldPath path) {
    List<String> steps = path.steps();
    for (int length = steps.size(); length > 0; length--) {
      var parent = new FieldPath(steps.subList(0, length - 1));
      JsonNode holder = Stored.value(object, parent);
      String step = steps.get(length - 1);
      if (holder instanceof ObjectNode map) {
        map.remove(step.substring(2));
      } else if (holder instanceof ArrayNode list) {
        remove(list, step);
      }
      if (holder == null || !holder.isEmpty()) {
        return;
      }
    }
  }

  private static void remove(ArrayNode list, String step) {
    for (int index = list.size() - 1; index >= 0; index--) {
      if (Stored.matches(list.get(index), step)) {
        list.remove(index);
      }
    }
  }

  private static void merge(ObjectNode live, ObjectNode patch) {
    for (Map.Entry<String, JsonNode> field : patch.properties()) {
      String name = field.getKey();
      JsonNode value = field.getValue();
      JsonNode old = live.get(name);
      if (value instanceof ObjectNode object
          && old instanceof ObjectNode oldObject
          && !Structure.whole(name, value)) {
        merge(oldObject, object);
      } else if (value instanceof ArrayNode list
          && old instanceof ArrayNode oldList
          && !Structure.keys(name, list).isEmpty()) {
        merge(oldList, list, Structure.keys(name, list));
      } else {
        live.set(name, value.deepCopy());
      }
    }
  }

  private static void merge(ArrayNode live, ArrayNode patch, List<String> keys) {
    for (JsonNode item : patch) {
      JsonNode old = Stored.item(live, Structure.step(keys, item));
      if (old instanceof ObjectNode oldItem) {
        merge(oldItem, (ObjectNode) item);
      } else {
        live.add(item.deepCopy());
      }
    }
  }
}
