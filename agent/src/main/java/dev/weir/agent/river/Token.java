package dev.weir.agent.river;

/// One token of a source.
///
/// @param text the exact spelling of names, literals, comments and illegal characters, else empty
/// @param start offset of the first byte
/// @param end offset after the last byte; equal to `start` for terminators and the end of the file
record Token(TokenKind kind, String text, int start, int end) {}
