package dev.weir.agent.river;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// `name.of.block "label" { ... }`
///
/// @param name the dotted parts, at least one
/// @param label null without a label or with an empty one
/// @param labelSpan where the quoted label stands, null without one
/// @param headerSpan the name without label and body
public record Block(
    List<String> name,
    @Nullable String label,
    @Nullable Span labelSpan,
    Span headerSpan,
    Body body,
    Span span)
    implements Statement {
  public Block {
    name = List.copyOf(name);
  }

  /// The name as written: parts joined by dots.
  public String fullName() {
    return String.join(".", name);
  }

  /// The name, and the label after one more dot: the id of a component.
  public String id() {
    return label == null ? fullName() : fullName() + "." + label;
  }
}
