package dev.weir.agent.river;

/// `name = value`
///
/// @param nameSpan where the name alone stands
public record Attribute(String name, Span nameSpan, Expression value, Span span)
    implements Statement {}
