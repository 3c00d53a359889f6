package dev.weir.agent.river.eval;

import dev.weir.agent.river.Expression.Access;
import dev.weir.agent.river.Expression.Identifier;
import dev.weir.agent.river.Node;
import java.util.ArrayList;
import java.util.List;

/// Finds what a part of a configuration refers to.
public final class References {
  private final List<Reference> found = new ArrayList<>();

  private References() {}

  /// The paths that lead out of a node, in source order, each as long as it is written with dots
  /// alone: of `a.b[0].c` it is `a.b`. Names of the standard library are left out.
  public static List<Reference> of(Node node) {
    List<Reference> all = all(node);
    all.removeIf(reference -> StandardLibrary.contains(reference.path().getFirst()));
    return List.copyOf(all);
  }

  /// Whether a node's value depends on nothing but its text: it has no names, those of functions
  /// included.
  static boolean constant(Node node) {
    return all(node).isEmpty();
  }

  private static List<Reference> all(Node node) {
    var references = new References();
    references.visit(node);
    return references.found;
  }

  private void visit(Node node) {
    switch (node) {
      case Identifier identifier ->
          found.add(
              new Reference(List.of(identifier.name()), identifier.span(), identifier.span()));
      case Access access -> access(access);
      default -> Children.of(node).forEach(this::visit);
    }
  }

  private void access(Access access) {
    List<String> reversed = new ArrayList<>();
    Node rest = access;
    while (rest instanceof Access part) {
      reversed.add(part.name());
      rest = part.value();
    }
    if (rest instanceof Identifier identifier) {
      reversed.add(identifier.name());
      found.add(new Reference(reversed.reversed(), identifier.span(), access.span()));
    } else {
      visit(rest);
    }
  }
}
