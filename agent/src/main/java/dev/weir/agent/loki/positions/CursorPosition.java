package dev.weir.agent.loki.positions;

/// How far a source has been confirmed that names its places itself, such as the journal.
///
/// @param cursor the place of the last confirmed entry
public record CursorPosition(String cursor) implements Position {}
