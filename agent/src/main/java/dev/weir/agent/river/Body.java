package dev.weir.agent.river;

import java.util.List;

/// The statements of a file or block, in source order.
///
/// @param span of a block's body, the braces included; of a file, all of it
public record Body(List<Statement> statements, Span span) implements Node {
  public Body {
    statements = List.copyOf(statements);
  }
}
