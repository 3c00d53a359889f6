package dev.weir.agent.runtime;

import dev.weir.agent.river.Diagnostic;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Finds what each definition refers to, and reports references that lead nowhere or in a circle.
final class Wiring {
  /// Names that every expression may use.
  static final String MODULE_PATH = "module_path";

  private final Map<String, Definition> definitions;
  private final List<Diagnostic> errors;

  /// @param errors gets what is found
  Wiring(Map<String, Definition> definitions, List<Diagnostic> errors) {
    this.definitions = definitions;
    this.errors = errors;
  }

  /// The ids each id refers to, in source order.
  Map<String, Set<String>> references() {
    Map<String, Set<String>> references = new LinkedHashMap<>();
    definitions.values().forEach(each -> references.put(each.id(), targets(each)));
    new Dependencies(references)
        .cycles()
        .forEach((id, members) -> error(id, "cycle detected: " + String.join(", ", members)));
    return references;
  }

  private Set<String> targets(Definition definition) {
    Set<String> targets = new LinkedHashSet<>();
    for (Traversal traversal : Traversal.of(definition.block())) {
      String target = resolve(traversal);
      if (target == null) {
        reportUnknown(traversal);
      } else if (target.equals(definition.id())) {
        errors.add(Diagnostic.error(traversal.span(), "cannot reference self"));
      } else {
        targets.add(target);
      }
    }
    return targets;
  }

  /// The shortest start of the traversal that is a component's id.
  private @Nullable String resolve(Traversal traversal) {
    StringBuilder id = new StringBuilder();
    for (String name : traversal.names()) {
      id.append(id.isEmpty() ? "" : ".").append(name);
      if (definitions.get(id.toString()) instanceof Definition.OfComponent) {
        return id.toString();
      }
    }
    return null;
  }

  private void reportUnknown(Traversal traversal) {
    String first = traversal.first();
    if (first.equals(MODULE_PATH) || StandardNames.ALL.contains(first)) {
      return;
    }
    errors.add(
        Diagnostic.error(
            traversal.span(),
            "component \"%s\" does not exist or is out of scope"
                .formatted(String.join(".", traversal.names()))));
  }

  private void error(String id, String message) {
    Definition definition = definitions.get(id);
    errors.add(
        Diagnostic.error(definition == null ? null : definition.block().headerSpan(), message));
  }
}
