package dev.weir.agent.river.eval;

import dev.weir.agent.river.Attribute;
import dev.weir.agent.river.Block;
import dev.weir.agent.river.Body;
import dev.weir.agent.river.Diagnostic;
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

  /// What is to be said about the library's functions in a node: an error for each that is not
  /// allowed yet, a warning for each that has a new name.
  public static List<Diagnostic> functions(Node node, EvaluationOptions options) {
    List<Diagnostic> found = new ArrayList<>();
    for (Reference reference : all(node)) {
      if (!options.experimentalFunctions() && StandardLibrary.experimental(reference.text())) {
        String refusal = StandardLibrary.refusal(reference.text());
        found.add(Diagnostic.error(reference.span(), refusal));
      } else if (StandardLibrary.deprecated(reference.text())) {
        found.add(Diagnostic.warning(reference.nameSpan(), StandardLibrary.DEPRECATION));
      }
    }
    return List.copyOf(found);
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
          found.add(
              new Reference(List.of(identifier.name()), identifier.span(), identifier.span()));
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
