package dev.weir.agent.loki.positions;

/// How far one source has been confirmed.
public sealed interface Position permits CursorPosition, FilePosition, StreamPosition {}
