package dev.weir.agent.pipelinetest;

import dev.weir.agent.pipelinetest.TestFile.Case;
import dev.weir.agent.pipelinetest.TestFile.Line;
import java.util.ArrayList;
import java.util.List;

/// How one test ended.
///
/// @param difference from what was expected, empty when there is none
public record Outcome(String name, List<Change> difference) {
  public Outcome {
    difference = List.copyOf(difference);
  }

  /// An entry of the difference.
  ///
  /// @param text one or more lines
  public record Change(Kind kind, String text) {}

  /// Where an entry is.
  public enum Kind {
    /// Expected, and came.
    SAME(' '),
    /// Expected, and did not come.
    MISSING('-'),
    /// Came, and was not expected.
    UNEXPECTED('+');

    private final char sign;

    Kind(char sign) {
      this.sign = sign;
    }

    /// What stands before its lines.
    public char sign() {
      return sign;
    }
  }

  public boolean passed() {
    return difference.isEmpty();
  }

  static Outcome of(Case test, List<Seen> seen) {
    List<Line> expected = test.expect();
    if (expected != null) {
      List<Change> changes = Alignment.of(expected, seen);
      boolean same = changes.stream().allMatch(change -> change.kind() == Kind.SAME);
      return new Outcome(test.name(), same ? List.of() : changes);
    }
    List<Change> changes = new ArrayList<>();
    if (test.count() != null && test.count() != seen.size()) {
      changes.add(new Change(Kind.MISSING, test.count() + " entries"));
      changes.add(new Change(Kind.UNEXPECTED, seen.size() + " entries"));
    }
    return new Outcome(test.name(), changes);
  }
}
