package dev.weir.agent.river;

/// One `key = value` of an object.
///
/// @param quoted whether the key was written in quotes; its text is then taken verbatim
public record ObjectField(String name, boolean quoted, Span nameSpan, Expression value, Span span)
    implements Node {}
