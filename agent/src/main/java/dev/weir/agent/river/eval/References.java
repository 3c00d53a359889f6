package dev.weir.agent.river.eval;

import dev.weir.agent.river.Attribute;
import dev.weir.agent.river.Block;
import dev.weir.agent.river.Body;
import dev.weir.agent.river.Expression.Access;
import dev.weir.agent.river.Expression.ArrayExpression;
import dev.weir.agent.river.Expression.Binary;
import dev.weir.agent.river.Expression.Call;
import dev.weir.agent.river.Expression.Identifier;
import dev.weir.agent.river.Expression.Index;
import dev.weir.agent.river.Expression.Literal;
import dev.weir.agent.river.Expression.ObjectExpression;
import dev.weir.agent.river.Expression.Parenthesized;
import dev.weir.agent.river.Expression.Unary;
import dev.weir.agent.river.Node;
import dev.weir.agent.river.ObjectField;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
      case Body body -> body.statements().forEach(this::visit);
      case Attribute attribute -> visit(attribute.value());
      case Block block -> visit(block.body());
      case ObjectField field -> visit(field.value());
      case Literal _ -> {
        // Refers to nothing.
      }
      case Identifier identifier ->
          found.add(new Reference(List.of(identifier.name()), identifier.span()));
      case Access access -> access(access);
      case ArrayExpression array -> array.elements().forEach(this::visit);
      case ObjectExpression object -> object.fields().forEach(this::visit);
      case Index index -> both(index.value(), index.index());
      case Call call -> {
        visit(call.function());
        call.arguments().forEach(this::visit);
      }
      case Unary unary -> visit(unary.operand());
      case Binary binary -> both(binary.left(), binary.right());
      case Parenthesized parenthesized -> visit(parenthesized.inner());
    }
  }

  private void both(Node first, Node second) {
    visit(first);
    visit(second);
  }

  private void access(Access access) {
    List<String> path = path(access);
    if (path == null) {
      visit(access.value());
    } else {
      found.add(new Reference(path, access.span()));
    }
  }

  /// The parts of a path that starts with a name, null when it starts with anything else.
  private static @Nullable List<String> path(Node node) {
    List<String> reversed = new ArrayList<>();
    Node rest = node;
    while (rest instanceof Access access) {
      reversed.add(access.name());
      rest = access.value();
    }
    if (!(rest instanceof Identifier identifier)) {
      return null;
    }
    reversed.add(identifier.name());
    return reversed.reversed();
  }
}
