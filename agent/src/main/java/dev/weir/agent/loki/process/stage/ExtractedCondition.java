package dev.weir.agent.loki.process.stage;

import dev.weir.agent.loki.Entry;
import dev.weir.agent.loki.Extracted;
import dev.weir.agent.loki.TextCache;
import dev.weir.agent.regex.GoRegex;
import org.jspecify.annotations.Nullable;

/// Looks at extracted values: that all are there, or that those there, joined, match.
final class ExtractedCondition implements DropStage.Condition {
  private final String[] names;
  private final String separator;
  private final @Nullable GoRegex regex;
  private final TextCache texts = new TextCache();

  ExtractedCondition(String source) {
    this(source, "", null);
  }

  /// @param source names separated by commas; blanks count
  ExtractedCondition(String source, String separator, @Nullable GoRegex regex) {
    this.names = source.split(",", -1);
    this.separator = separator;
    this.regex = regex;
  }

  @Override
  public boolean holds(Entry entry) {
    Extracted extracted = entry.extracted();
    GoRegex searched = regex;
    if (searched == null) {
      return hasAll(extracted);
    }
    String joined = joined(extracted);
    return joined != null && searched.find(joined);
  }

  private boolean hasAll(Extracted extracted) {
    for (String name : names) {
      if (!extracted.has(name)) {
        return false;
      }
    }
    return true;
  }

  /// Null when a value is there but has no text.
  private @Nullable String joined(Extracted extracted) {
    String joined = null;
    for (String name : names) {
      if (extracted.has(name)) {
        String text = extracted.text(name, texts);
        if (text == null) {
          return null;
        }
        joined = joined == null ? text : joined + separator + text;
      }
    }
    return joined == null ? "" : joined;
  }
}
