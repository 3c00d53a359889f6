package dev.weir.agent.relabel;

import dev.weir.agent.river.eval.FromText;
import java.util.Locale;

/// What a rule does.
public enum Action {
  REPLACE,
  KEEP,
  DROP,
  KEEPEQUAL,
  DROPEQUAL,
  HASHMOD,
  LABELMAP,
  LABELDROP,
  LABELKEEP,
  LOWERCASE,
  UPPERCASE;

  /// Reads a name, in any letter case.
  ///
  /// @throws IllegalArgumentException when there is no such action
  @FromText
  public static Action parse(String text) {
    for (Action action : values()) {
      if (action.text().equals(text.toLowerCase(Locale.ROOT))) {
        return action;
      }
    }
    throw new IllegalArgumentException("unknown relabel action \"" + text + "\"");
  }

  /// The name as in configuration.
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
