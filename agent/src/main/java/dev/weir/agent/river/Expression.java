package dev.weir.agent.river;

import java.util.List;

/// A value as written. Nesting depth is bounded by the parser.
public sealed interface Expression extends Node {
  /// A literal; `text` is its exact spelling, decoded by the evaluator.
  record Literal(LiteralKind kind, String text, Span span) implements Expression {}

  /// A bare name, the start of a reference or a function's name.
  record Identifier(String name, Span span) implements Expression {}

  /// `[a, b]`
  record ArrayExpression(List<Expression> elements, Span span) implements Expression {
    public ArrayExpression {
      elements = List.copyOf(elements);
    }
  }

  /// `{ a = 1, b = 2 }`
  record ObjectExpression(List<ObjectField> fields, Span span) implements Expression {
    public ObjectExpression {
      fields = List.copyOf(fields);
    }
  }

  /// `value.name`
  record Access(Expression value, String name, Span nameSpan, Span span) implements Expression {}

  /// `value[index]`
  record Index(Expression value, Expression index, Span span) implements Expression {}

  /// `function(arguments)`
  record Call(Expression function, List<Expression> arguments, Span span) implements Expression {
    public Call {
      arguments = List.copyOf(arguments);
    }
  }

  /// `!value` or `-value`
  record Unary(String operator, Expression operand, Span span) implements Expression {}

  /// `left operator right`
  record Binary(String operator, Expression left, Expression right, Span operatorSpan, Span span)
      implements Expression {}

  /// `(inner)`
  record Parenthesized(Expression inner, Span span) implements Expression {}

  /// What a literal is written as.
  enum LiteralKind {
    NULL,
    BOOL,
    NUMBER,
    FLOAT,
    STRING
  }
}
