package dev.weir.agent.river;

import dev.weir.agent.river.Expression.Access;
import dev.weir.agent.river.Expression.Binary;
import dev.weir.agent.river.Expression.Identifier;
import dev.weir.agent.river.Expression.Index;
import dev.weir.agent.river.Expression.Literal;
import dev.weir.agent.river.Expression.LiteralKind;
import dev.weir.agent.river.Expression.Parenthesized;
import dev.weir.agent.river.Expression.Unary;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/// Arbitrary trees that River can express.
final class Trees {
  private static final Span SPAN = Synthetic.SPAN;

  private Trees() {}

  static Arbitrary<Body> bodies() {
    return statements(2).map(Synthetic::body);
  }

  private static Arbitrary<List<Statement>> statements(int depth) {
    Arbitrary<Statement> attribute =
        Combinators.combine(names(), expressions(2)).as(Synthetic::attribute);
    if (depth == 0) {
      return attribute.list().ofMaxSize(3);
    }
    Arbitrary<Statement> block =
        Combinators.combine(names(), names().injectNull(0.3), statements(depth - 1))
            .as((name, label, body) -> Synthetic.block("a." + name, label, body));
    return Arbitraries.oneOf(attribute, block).list().ofMaxSize(3);
  }

  private static Arbitrary<String> names() {
    return Arbitraries.of("a", "loki", "größe", "_1", "much_longer_name");
  }

  private static Arbitrary<Expression> expressions(int depth) {
    Arbitrary<Expression> leaf = Arbitraries.oneOf(literals(), strings(), identifiers());
    if (depth == 0) {
      return leaf;
    }
    Arbitrary<Expression> inner = expressions(depth - 1);
    return Arbitraries.oneOf(
        leaf, lists(inner), objects(inner), postfixes(inner), operations(inner));
  }

  private static Arbitrary<Expression> literals() {
    return Arbitraries.of(
        new Literal(LiteralKind.NUMBER, "010", SPAN),
        new Literal(LiteralKind.NUMBER, "7", SPAN),
        new Literal(LiteralKind.FLOAT, "1.", SPAN),
        new Literal(LiteralKind.FLOAT, ".5e-3", SPAN),
        new Literal(LiteralKind.STRING, "`raw\n\t x\t \n`", SPAN),
        new Literal(LiteralKind.STRING, "\"\t\\x41\"", SPAN),
        new Literal(LiteralKind.NULL, "null", SPAN),
        new Literal(LiteralKind.BOOL, "true", SPAN));
  }

  private static Arbitrary<Expression> strings() {
    return Arbitraries.strings().ofMaxLength(10).map(Synthetic::string);
  }

  private static Arbitrary<Expression> identifiers() {
    return names().map(name -> new Identifier(name, SPAN));
  }

  private static Arbitrary<Expression> lists(Arbitrary<Expression> inner) {
    Arbitrary<List<Expression>> elements = inner.list().ofMaxSize(3);
    Arbitrary<Expression> array = elements.map(Synthetic::array);
    return Arbitraries.oneOf(array, elements.map(list -> Synthetic.call("f.g", list)));
  }

  private static Arbitrary<Expression> objects(Arbitrary<Expression> inner) {
    Arbitrary<String> keys =
        Arbitraries.of("k", "__path__", "say \"hi\"", "a\\nb", "\\", "", "x\ny");
    return Arbitraries.maps(keys, inner).ofMaxSize(3).map(Synthetic::object);
  }

  private static Arbitrary<Expression> postfixes(Arbitrary<Expression> inner) {
    return Combinators.combine(inner, names(), inner, Arbitraries.of(true, false))
        .as((value, name, index, access) ->
            access
                ? new Access(operand(value), name, SPAN, SPAN)
                : new Index(operand(value), index, SPAN));
  }

  private static Arbitrary<Expression> operations(Arbitrary<Expression> inner) {
    Arbitrary<String> signs = Arbitraries.of("+", "-", "*", "/", "%", "^", "==", "<=", "&&", "||");
    Arbitrary<Expression> binary =
        Combinators.combine(signs, inner, inner)
            .as((sign, a, b) -> new Binary(sign, operand(a), operand(b), SPAN, SPAN));
    Arbitrary<Expression> unary =
        Combinators.combine(Arbitraries.of("!", "-"), inner)
            .as((sign, operand) -> new Unary(sign, operand(operand), SPAN));
    return Arbitraries.oneOf(binary, unary);
  }

  /// An operand that binds tightest, whatever it is.
  private static Expression operand(Expression expression) {
    return expression instanceof Binary || expression instanceof Unary
        ? new Parenthesized(expression, SPAN)
        : expression;
  }
}
