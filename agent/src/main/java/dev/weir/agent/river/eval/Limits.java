package dev.weir.agent.river.eval;

import dev.weir.agent.river.eval.Value.ArrayValue;
import dev.weir.agent.river.eval.Value.ObjectValue;
import dev.weir.agent.river.eval.Value.StringValue;

/// How much one evaluation may compute, far beyond what any configuration needs: a hostile one
/// cannot take the agent's memory.
final class Limits {
  /// Characters of one text.
  static final int TEXT = 4 << 20;

  /// Elements of one list, or of one decoded document.
  static final int ELEMENTS = 1 << 18;

  private static final long TOTAL = 4L * TEXT;

  /// What an element costs beside its content, in characters.
  private static final long ELEMENT_COST = 64;

  private long left = TOTAL;

  /// Counts a computed value.
  ///
  /// @throws ValueException when too much has been computed
  void charge(Value value) {
    left -= size(value);
    if (left < 0) {
      throw new ValueException(value, "is too large");
    }
  }

  private static long size(Value value) {
    return switch (value) {
      case StringValue text -> text.text().length();
      case ArrayValue array -> array.elements().size() * ELEMENT_COST;
      case ObjectValue object -> object.fields().size() * ELEMENT_COST;
      default -> 1;
    };
  }

  /// Refuses a text before it is made.
  ///
  /// @throws IllegalArgumentException when it would be too long
  static void text(long length) {
    if (length > TEXT) {
      throw new IllegalArgumentException("result is too large");
    }
  }

  /// Refuses a list before it is made.
  ///
  /// @throws IllegalArgumentException when it would be too long
  static void elements(long count) {
    if (count > ELEMENTS) {
      throw new IllegalArgumentException("result is too large");
    }
  }
}
