package dev.weir.agent.runtime;

import dev.weir.agent.river.Attribute;
import dev.weir.agent.river.Block;
import dev.weir.agent.river.Body;
import dev.weir.agent.river.Expression;
import dev.weir.agent.river.Node;
import dev.weir.agent.river.ObjectField;
import dev.weir.agent.river.Span;
import java.util.ArrayList;
import java.util.List;

/// A name and the fields read from it without interruption: of `a.b.c[0].d` it is `a.b.c`.
///
/// @param span from the first name to the last
record Traversal(List<String> names, Span span) {
  Traversal {
    names = List.copyOf(names);
  }

  String first() {
    return names.getFirst();
  }

  /// Every traversal in a block, in source order.
  static List<Traversal> of(Block block) {
    List<Traversal> found = new ArrayList<>();
    collect(block, found);
    return found;
  }

  private static void collect(Node node, List<Traversal> found) {
    switch (node) {
      case Block block -> collect(block.body(), found);
      case Body body -> body.statements().forEach(statement -> collect(statement, found));
      case Attribute attribute -> collect(attribute.value(), found);
      case ObjectField field -> collect(field.value(), found);
      case Expression expression -> collectFrom(expression, found);
    }
  }

  private static void collectFrom(Expression expression, List<Traversal> found) {
    switch (expression) {
      case Expression.Literal _ -> {}
      case Expression.Identifier identifier ->
          found.add(new Traversal(List.of(identifier.name()), identifier.span()));
      case Expression.Access access -> collectAccess(access, found);
      case Expression.Index index -> {
        collect(index.value(), found);
        collect(index.index(), found);
      }
      case Expression.Call call -> {
        collect(call.function(), found);
        call.arguments().forEach(argument -> collect(argument, found));
      }
      case Expression.ArrayExpression array ->
          array.elements().forEach(element -> collect(element, found));
      case Expression.ObjectExpression object ->
          object.fields().forEach(field -> collect(field, found));
      case Expression.Unary unary -> collect(unary.operand(), found);
      case Expression.Binary binary -> {
        collect(binary.left(), found);
        collect(binary.right(), found);
      }
      case Expression.Parenthesized parenthesized -> collect(parenthesized.inner(), found);
    }
  }

  private static void collectAccess(Expression.Access access, List<Traversal> found) {
    List<String> names = new ArrayList<>();
    Expression at = access;
    while (at instanceof Expression.Access outer) {
      names.addFirst(outer.name());
      at = outer.value();
    }
    if (at instanceof Expression.Identifier identifier) {
      names.addFirst(identifier.name());
      found.add(new Traversal(names, identifier.span().to(access.nameSpan())));
    } else {
      collect(at, found);
    }
  }
}
