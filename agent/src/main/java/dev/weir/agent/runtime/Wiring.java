package dev.weir.agent.runtime;

import dev.weir.agent.river.Diagnostic;
import dev.weir.agent.river.eval.Closest;
import dev.weir.agent.river.eval.Reference;
import dev.weir.agent.river.eval.References;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Finds what each definition refers to, and reports references that lead nowhere or in a circle.
final class Wiring {
  /// The one variable of every expression.
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
    for (Reference reference : References.of(definition.block())) {
      String target = resolve(reference);
      if (target == null) {
        reportUnknown(reference);
      } else if (target.equals(definition.id())) {
        errors.add(Diagnostic.error(reference.span(), "cannot reference self"));
      } else {
        targets.add(target);
      }
    }
    return targets;
  }

  /// The shortest start of the path that is a component's id.
  private @Nullable String resolve(Reference reference) {
    StringBuilder id = new StringBuilder();
    for (String name : reference.path()) {
      id.append(id.isEmpty() ? "" : ".").append(name);
      if (definitions.get(id.toString()) instanceof Definition.OfComponent) {
        return id.toString();
      }
    }
    return null;
  }

  private void reportUnknown(Reference reference) {
    if (reference.path().getFirst().equals(MODULE_PATH)) {
      return;
    }
    errors.add(
        Diagnostic.error(
            reference.span(),
            "component \"%s\" does not exist or is out of scope".formatted(reference.text())
                + Closest.hint(reference.text(), alike(reference))));
  }

  /// What the reference would be, were it to one of the components that there are.
  private List<String> alike(Reference reference) {
    List<String> alike = new ArrayList<>();
    for (Definition definition : definitions.values()) {
      int parts = definition.id().split("\\.", -1).length;
      if (definition instanceof Definition.OfComponent && reference.path().size() > parts) {
        List<String> field = reference.path().subList(parts, reference.path().size());
        alike.add(definition.id() + "." + String.join(".", field));
      }
    }
    return alike;
  }

  private void error(String id, String message) {
    Definition definition = definitions.get(id);
    errors.add(
        Diagnostic.error(definition == null ? null : definition.block().headerSpan(), message));
  }
}
