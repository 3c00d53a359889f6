package dev.weir.agent.river;

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
import java.util.List;
import java.util.Objects;
import java.util.function.BiPredicate;

/// Compares trees by what they say, wherever they stand in their files.
///
/// Literals are the same when they are spelled the same.
public final class Structure {
  private Structure() {}

  /// Whether two bodies have the same statements in the same order.
  public static boolean same(Body one, Body other) {
    return same(one.statements(), other.statements(), Structure::same);
  }

  /// Whether two statements are the same.
  public static boolean same(Statement one, Statement other) {
    return switch (one) {
      case Attribute a ->
          other instanceof Attribute b && a.name().equals(b.name()) && same(a.value(), b.value());
      case Block a ->
          other instanceof Block b
              && a.name().equals(b.name())
              && Objects.equals(a.label(), b.label())
              && same(a.body(), b.body());
    };
  }

  /// Whether two expressions are the same.
  public static boolean same(Expression one, Expression other) {
    return switch (one) {
      case Literal a ->
          other instanceof Literal b && a.kind() == b.kind() && a.text().equals(b.text());
      case Identifier a -> other instanceof Identifier b && a.name().equals(b.name());
      case ArrayExpression a ->
          other instanceof ArrayExpression b && same(a.elements(), b.elements(), Structure::same);
      case ObjectExpression a ->
          other instanceof ObjectExpression b && same(a.fields(), b.fields(), Structure::same);
      case Access a ->
          other instanceof Access b && a.name().equals(b.name()) && same(a.value(), b.value());
      case Index a ->
          other instanceof Index b && same(a.value(), b.value()) && same(a.index(), b.index());
      case Call a ->
          other instanceof Call b
              && same(a.function(), b.function())
              && same(a.arguments(), b.arguments(), Structure::same);
      case Unary a ->
          other instanceof Unary b
              && a.operator().equals(b.operator())
              && same(a.operand(), b.operand());
      case Binary a ->
          other instanceof Binary b
              && a.operator().equals(b.operator())
              && same(a.left(), b.left())
              && same(a.right(), b.right());
      case Parenthesized a -> other instanceof Parenthesized b && same(a.inner(), b.inner());
    };
  }

  private static boolean same(ObjectField one, ObjectField other) {
    return one.name().equals(other.name())
        && one.quoted() == other.quoted()
        && same(one.value(), other.value());
  }

  private static <T> boolean same(List<T> one, List<T> other, BiPredicate<T, T> same) {
    if (one.size() != other.size()) {
      return false;
    }
    for (int i = 0; i < one.size(); i++) {
      if (!same.test(one.get(i), other.get(i))) {
        return false;
      }
    }
    return true;
  }
}
