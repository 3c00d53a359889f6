package dev.weir.operator.render;

import dev.weir.operator.api.LabelTest;
import dev.weir.operator.api.LineTest;
import dev.weir.operator.api.Severity;
import dev.weir.operator.api.Test;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Some tests that must all pass: what a selector says, and what only `stage.drop` can ask.
///
/// @param selector of labels and text
/// @param olderThan empty for any age
/// @param longerThan empty for any length
record Question(LogqlText selector, String olderThan, String longerThan) {
  /// Tests that must all pass.
  static Question of(List<Test> tests) {
    var selector = new LogqlText();
    String older = "";
    String longer = "";
    for (Test test : tests) {
      LineTest line = test.line();
      if (test.olderThan() != null) {
        older = test.olderThan();
      } else if (line != null && line.longerThan() != null) {
        longer = line.longerThan();
      } else {
        add(test, selector);
      }
    }
    return new Question(selector, older, longer);
  }

  /// Each test alone.
  static List<Question> each(List<Test> tests) {
    return tests.stream().map(test -> of(List.of(test))).toList();
  }

  /// The opposite of each test.
  static List<Test> opposites(List<Test> tests) {
    return tests.stream().map(Question::opposite).toList();
  }

  private static Test opposite(Test test) {
    return new Test(
        test.line(),
        test.label(),
        test.severityAtLeast(),
        test.severityAtMost(),
        test.olderThan(),
        !test.not());
  }

  /// Whether a test can only be asked to drop what passes it.
  static boolean dropsOnly(Test test) {
    LineTest line = test.line();
    return test.olderThan() != null || (line != null && line.longerThan() != null);
  }

  boolean isSelectorAlone() {
    return olderThan.isEmpty() && longerThan.isEmpty();
  }

  private static void add(Test test, LogqlText selector) {
    if (test.line() != null) {
      add(test.line(), test.not(), selector);
    } else if (test.label() != null) {
      add(test.label(), test.not(), selector);
    } else {
      String operator = test.not() ? "!~" : "=~";
      selector.label(Names.SEVERITY, operator, RegexText.anyOf(severities(test)));
    }
  }

  private static void add(LineTest line, boolean not, LogqlText selector) {
    if (line.regex() != null) {
      selector.line(not ? "!~" : "|~", line.regex());
    } else {
      selector.line(not ? "!=" : "|=", text(line.contains()));
    }
  }

  private static void add(LabelTest label, boolean not, LogqlText selector) {
    if (label.exists() != null) {
      boolean there = label.exists() != not;
      selector.label(label.name(), there ? "!=" : "=", "");
    } else if (label.regex() != null) {
      selector.label(label.name(), not ? "!~" : "=~", label.regex());
    } else {
      selector.label(label.name(), not ? "!~" : "=~", RegexText.anyOf(label.in()));
    }
  }

  private static List<String> severities(Test test) {
    List<String> meant = new ArrayList<>();
    Severity least = test.severityAtLeast();
    Severity most = test.severityAtMost();
    Arrays.stream(Severity.values())
        .filter(one -> least == null || one.compareTo(least) >= 0)
        .filter(one -> most == null || one.compareTo(most) <= 0)
        .forEach(one -> meant.add(one.text()));
    return meant;
  }

  private static String text(@Nullable String value) {
    return value == null ? "" : value;
  }
}
