package dev.weir.agent.river.eval;

import dev.weir.agent.river.Attribute;
import dev.weir.agent.river.Block;
import dev.weir.agent.river.Body;
import dev.weir.agent.river.Expression;
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

/// The parts of a node.
public final class Children {
  private Children() {}

  /// The nodes right below one, in source order.
  public static List<? extends Node> of(Node node) {
    return switch (node) {
      case Body body -> body.statements();
      case Attribute attribute -> List.of(attribute.value());
      case Block block -> List.of(block.body());
      case ObjectField field -> List.of(field.value());
      case Literal _, Identifier _ -> List.of();
      case Access access -> List.of(access.value());
      case ArrayExpression array -> array.elements();
      case ObjectExpression object -> object.fields();
      case Index index -> List.of(index.value(), index.index());
      case Call call -> ofCall(call);
      case Unary unary -> List.of(unary.operand());
      case Binary binary -> List.of(binary.left(), binary.right());
      case Parenthesized parenthesized -> List.of(parenthesized.inner());
    };
  }

  private static List<Expression> ofCall(Call call) {
    List<Expression> parts = new ArrayList<>();
    parts.add(call.function());
    parts.addAll(call.arguments());
    return parts;
  }
}
