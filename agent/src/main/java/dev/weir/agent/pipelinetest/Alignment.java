package dev.weir.agent.pipelinetest;

import dev.weir.agent.go.GoQuote;
import dev.weir.agent.pipelinetest.Outcome.Change;
import dev.weir.agent.pipelinetest.Outcome.Kind;
import dev.weir.agent.pipelinetest.TestFile.Line;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Lays the entries that came beside those that were expected, with as many the same as possible.
final class Alignment {
  private final List<Line> expected;
  private final List<Seen> seen;

  /// How many can be the same from a place in both lists to their ends.
  private final int[][] same;

  private Alignment(List<Line> expected, List<Seen> seen) {
    this.expected = expected;
    this.seen = seen;
    this.same = new int[expected.size() + 1][seen.size() + 1];
    for (int i = expected.size() - 1; i >= 0; i--) {
      for (int j = seen.size() - 1; j >= 0; j--) {
        same[i][j] =
            seen.get(j).is(expected.get(i))
                ? same[i + 1][j + 1] + 1
                : Math.max(same[i + 1][j], same[i][j + 1]);
      }
    }
  }

  static List<Change> of(List<Line> expected, List<Seen> seen) {
    return new Alignment(expected, seen).changes();
  }

  private List<Change> changes() {
    List<Change> changes = new ArrayList<>();
    int i = 0;
    int j = 0;
    while (i < expected.size() || j < seen.size()) {
      if (i < expected.size() && j < seen.size() && seen.get(j).is(expected.get(i))) {
        changes.add(new Change(Kind.SAME, text(seen.get(j++))));
        i++;
      } else if (j == seen.size() || (i < expected.size() && same[i + 1][j] >= same[i][j + 1])) {
        changes.add(new Change(Kind.MISSING, text(expected.get(i++))));
      } else {
        changes.add(new Change(Kind.UNEXPECTED, text(seen.get(j++))));
      }
    }
    return changes;
  }

  private static String text(Line line) {
    var text = new StringBuilder();
    append(text, "line", line.line());
    append(text, "labels", line.labels());
    append(text, "time", line.time());
    append(text, "structured_metadata", line.structuredMetadata());
    return text.isEmpty() ? "any entry" : text.toString();
  }

  private static String text(Seen seen) {
    var text = new StringBuilder();
    append(text, "line", seen.line());
    append(text, "labels", seen.labels());
    append(text, "time", seen.time().toString());
    if (!seen.metadata().isEmpty()) {
      append(text, "structured_metadata", seen.metadata());
    }
    return text.toString();
  }

  private static void append(StringBuilder text, String name, @Nullable Object value) {
    if (value == null) {
      return;
    }
    text.append(text.isEmpty() ? "" : ", ").append(name).append(": ");
    if (value instanceof Map<?, ?> map) {
      Map<String, String> sorted = new TreeMap<>();
      map.forEach((key, one) -> sorted.put(key.toString(), GoQuote.quote(one.toString())));
      text.append(sorted);
    } else {
      text.append(name.equals("line") ? GoQuote.quote(value.toString()) : value);
    }
  }
}
