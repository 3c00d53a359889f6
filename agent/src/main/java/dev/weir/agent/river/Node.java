package dev.weir.agent.river;

/// Any part of a parsed River file. Immutable.
public sealed interface Node permits Statement, Expression, ObjectField, Body {
  /// Where the node stands in its source.
  Span span();
}
