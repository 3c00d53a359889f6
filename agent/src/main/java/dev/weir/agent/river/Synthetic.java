package dev.weir.agent.river;

import dev.weir.agent.go.GoFloat;
import dev.weir.agent.go.GoQuote;
import dev.weir.agent.river.Expression.Access;
import dev.weir.agent.river.Expression.ArrayExpression;
import dev.weir.agent.river.Expression.Call;
import dev.weir.agent.river.Expression.Identifier;
import dev.weir.agent.river.Expression.Literal;
import dev.weir.agent.river.Expression.LiteralKind;
import dev.weir.agent.river.Expression.ObjectExpression;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Makes trees that come from no file, for programs that write configuration.
///
/// No text that is given here can become more than a text: strings are quoted, and names that are
/// none are refused with `IllegalArgumentException`.
public final class Synthetic {
  private static final Position START = new Position(0, 1, 1);

  /// The span of every synthetic node.
  public static final Span SPAN = new Span(SourceFile.of("generated", ""), START, START);

  private static final double LARGEST_EXACT = 1L << 53;

  private Synthetic() {}

  /// A body of statements.
  public static Body body(List<Statement> statements) {
    return new Body(statements, SPAN);
  }

  /// `name = value`
  public static Attribute attribute(String name, Expression value) {
    return new Attribute(identifier(name), SPAN, value, SPAN);
  }

  /// `name.of.block "label" { ... }`
  ///
  /// @param name its parts joined by dots
  /// @param label null for none
  public static Block block(String name, @Nullable String label, List<Statement> statements) {
    List<String> parts = List.of(name.split("\\.", -1));
    parts.forEach(Synthetic::identifier);
    String checked = label == null ? null : identifier(label);
    Span labelSpan = label == null ? null : SPAN;
    return new Block(parts, checked, labelSpan, SPAN, body(statements), SPAN);
  }

  /// A string that means exactly the text, whatever is in it.
  public static Literal string(String text) {
    return new Literal(LiteralKind.STRING, GoQuote.quote(text), SPAN);
  }

  /// A whole number; a negative one is `-` and a number.
  public static Expression number(long value) {
    if (value >= 0) {
      return new Literal(LiteralKind.NUMBER, Long.toString(value), SPAN);
    }
    String digits = Long.toString(value).substring(1);
    return new Expression.Unary("-", new Literal(LiteralKind.NUMBER, digits, SPAN), SPAN);
  }

  /// A number that need not be whole; a negative one is `-` and a number.
  ///
  /// @throws IllegalArgumentException when it is not finite
  public static Expression number(double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException("not a finite number: " + value);
    }
    if (value == Math.rint(value) && Math.abs(value) < LARGEST_EXACT) {
      return number((long) value);
    }
    var magnitude = new Literal(LiteralKind.FLOAT, GoFloat.plain(Math.abs(value)), SPAN);
    return value < 0 ? new Expression.Unary("-", magnitude, SPAN) : magnitude;
  }

  /// `true` or `false`
  public static Literal bool(boolean value) {
    return new Literal(LiteralKind.BOOL, Boolean.toString(value), SPAN);
  }

  /// `[a, b]`
  public static ArrayExpression array(List<? extends Expression> elements) {
    return new ArrayExpression(List.copyOf(elements), SPAN);
  }

  /// An object, in the order of the map. Keys are quoted that are not identifiers.
  public static ObjectExpression object(Map<String, ? extends Expression> fields) {
    return new ObjectExpression(
        fields.entrySet().stream().map(e -> field(e.getKey(), e.getValue())).toList(), SPAN);
  }

  /// `first.second.third`
  public static Expression reference(String path) {
    String[] parts = path.split("\\.", -1);
    Expression reference = new Identifier(identifier(parts[0]), SPAN);
    for (int i = 1; i < parts.length; i++) {
      reference = new Access(reference, identifier(parts[i]), SPAN, SPAN);
    }
    return reference;
  }

  /// `path.of.function(arguments)`
  public static Call call(String function, List<? extends Expression> arguments) {
    return new Call(reference(function), List.copyOf(arguments), SPAN);
  }

  private static ObjectField field(String key, Expression value) {
    boolean quoted = !Lexer.isIdentifier(key);
    if (quoted) {
      ObjectKey.quote(key);
    }
    return new ObjectField(key, quoted, SPAN, value, SPAN);
  }

  private static String identifier(String name) {
    if (!Lexer.isIdentifier(name)) {
      throw new IllegalArgumentException("not an identifier: " + GoQuote.quote(name));
    }
    return name;
  }
}
