package dev.weir.agent.river;

/// A comment with its markers, as written.
public record Comment(String text, Span span) {}
