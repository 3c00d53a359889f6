package dev.weir.agent.regex;

import java.util.List;

/// A parsed expression, with all flags resolved into the nodes.
sealed interface Node {
  /// What the empty expression matches.
  record Empty() implements Node {}

  /// One character; `fold` when letter case does not matter.
  record Literal(int codePoint, boolean fold) implements Node {}

  /// One character out of a set.
  record Set(CharSet chars) implements Node {}

  /// A place between characters.
  record At(Place place) implements Node {}

  /// A capturing group.
  record Group(Node body) implements Node {}

  /// One after the other.
  record Sequence(List<Node> parts) implements Node {}

  /// The first that leads to a match.
  record Choice(List<Node> options) implements Node {}

  /// A repetition; `max` is -1 when there is no limit.
  record Repeat(Node body, int min, int max, boolean greedy) implements Node {}

  /// Places that an expression can ask for.
  enum Place {
    TEXT_START,
    TEXT_END,
    LINE_START,
    LINE_END,
    WORD_BOUNDARY,
    NO_WORD_BOUNDARY
  }

  /// Whether it can match without taking a character.
  default boolean nullable() {
    return switch (this) {
      case Empty() -> true;
      case Literal literal -> false;
      case Set set -> false;
      case At at -> true;
      case Group(Node body) -> body.nullable();
      case Sequence(List<Node> parts) -> parts.stream().allMatch(Node::nullable);
      case Choice(List<Node> options) -> options.stream().anyMatch(Node::nullable);
      case Repeat(Node body, int min, int max, boolean greedy) -> min == 0 || body.nullable();
    };
  }
}
