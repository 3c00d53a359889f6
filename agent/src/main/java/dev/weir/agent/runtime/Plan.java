package dev.weir.agent.runtime;

import java.util.List;
import java.util.Map;
import java.util.Set;

/// A configuration without structural errors.
///
/// @param definitions each after all that it refers to
/// @param references ids that each id refers to
record Plan(List<Definition> definitions, Map<String, Set<String>> references) {
  Plan {
    definitions = List.copyOf(definitions);
    references = Map.copyOf(references);
  }

  Set<String> referencesOf(Definition definition) {
    return references.getOrDefault(definition.id(), Set.of());
  }
}
