package dev.weir.operator.render;

import dev.weir.agent.regex.GoRegex;
import dev.weir.agent.regex.GoRegexException;
import dev.weir.operator.api.Condition;
import dev.weir.operator.api.LabelTest;
import dev.weir.operator.api.LineTest;
import dev.weir.operator.api.OnExceed;
import dev.weir.operator.api.RateLimitStage;
import dev.weir.operator.api.Reason;
import dev.weir.operator.api.RedactPattern;
import dev.weir.operator.api.Stage;
import dev.weir.operator.api.Test;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What may be wrong with steps and conditions.
final class StageChecks {
  private final boolean cluster;
  private final boolean severity;
  private final Problems problems;

  /// @param cluster whether the labels of the source may be changed
  /// @param severity whether lines have one
  StageChecks(boolean cluster, boolean severity, Problems problems) {
    this.cluster = cluster;
    this.severity = severity;
    this.problems = problems;
  }

  void check(List<Stage> stages, String path) {
    for (int i = 0; i < stages.size(); i++) {
      check(stages.get(i), path + "[" + i + "]");
    }
  }

  private void check(Stage stage, String path) {
    one(
        path,
        "drop, keep, sample, rateLimit, redact, replace, labels, metadata, truncate",
        stage.drop(),
        stage.keep(),
        stage.sample(),
        stage.rateLimit(),
        stage.redact(),
        stage.replace(),
        stage.labels(),
        stage.metadata(),
        stage.truncate());
    condition(stage.drop(), path + ".drop", Use.DROP);
    condition(stage.keep(), path + ".keep", Use.KEEP);
    condition(stage.when(), path + ".when", Use.WHEN);
    if (stage.sample() != null && !stage.sample().rate().matches("0(\\.[0-9]+)?|1(\\.0+)?")) {
      problems.invalid(path + ".sample.rate", "must be from 0 to 1, such as \"0.1\"");
    }
    rateLimit(stage.rateLimit(), path + ".rateLimit");
    if (stage.redact() != null) {
      List<RedactPattern> patterns = stage.redact().patterns();
      for (int i = 0; i < patterns.size(); i++) {
        regex(patterns.get(i).regex(), path + ".redact.patterns[" + i + "].regex");
      }
    }
    if (stage.replace() != null) {
      regex(stage.replace().regex(), path + ".replace.regex");
      field(stage.replace().source(), path + ".replace.source");
    }
    names(stage, path);
    if (stage.truncate() != null) {
      size(stage.truncate().maxBytes(), path + ".truncate.maxBytes");
    }
  }

  private void rateLimit(@Nullable RateLimitStage limit, String path) {
    if (limit == null) {
      return;
    }
    if (limit.linesPerSecond() < 1) {
      problems.invalid(path + ".linesPerSecond", "must be at least 1");
    }
    if (limit.byLabel() != null) {
      if (limit.onExceed() != OnExceed.DROP) {
        problems.invalid(path + ".byLabel", "needs onExceed: Drop");
      }
      label(limit.byLabel(), path + ".byLabel", false);
    }
  }

  private void names(Stage stage, String path) {
    if (stage.labels() != null) {
      String at = path + ".labels";
      labels(stage.labels().fixed().keySet(), at + ".set");
      labels(stage.labels().fromField().keySet(), at + ".fromField");
      labels(Set.copyOf(stage.labels().remove()), at + ".remove");
      fields(stage.labels().fromField(), at + ".fromField");
    }
    if (stage.metadata() != null) {
      String at = path + ".metadata";
      stage.metadata().fixed().keySet().forEach(name -> label(name, at + ".set", false));
      stage.metadata().fromField().keySet().forEach(n -> label(n, at + ".fromField", false));
      stage.metadata().remove().forEach(name -> label(name, at + ".remove", false));
      fields(stage.metadata().fromField(), at + ".fromField");
      // Taking a label as metadata takes it off the entry.
      labels(Set.copyOf(stage.metadata().fromField().values()), at + ".fromField", true);
    }
  }

  private void fields(Map<String, String> fromField, String path) {
    fromField.forEach((name, field) -> field(field, path + "." + name));
  }

  void field(@Nullable String name, String path) {
    if (name != null && !Names.isField(name)) {
      problems.invalid(path, "must be of letters, digits and _ @ . -, and not begin with __");
    }
  }

  private void labels(Set<String> names, String path) {
    labels(names, path, false);
  }

  private void labels(Set<String> names, String path, boolean reservedOnly) {
    for (String name : names) {
      if (!reservedOnly) {
        label(name, path, true);
      } else if (!cluster && Names.RESERVED.contains(name)) {
        problems.invalid(path, "would take away the label " + name + ", which belongs to Weir");
      }
    }
  }

  void label(String name, String path, boolean changed) {
    if (!Names.isOwnLabel(name)) {
      problems.invalid(
          path,
          "names must be of letters, digits and _, begin with no digit, and not begin with __");
    } else if (changed && !cluster && Names.RESERVED.contains(name)) {
      problems.invalid(path, "the label " + name + " belongs to Weir; use another name");
    }
  }

  /// What a condition is for.
  enum Use {
    DROP,
    KEEP,
    WHEN
  }

  void condition(@Nullable Condition condition, String path, Use use) {
    if (condition == null) {
      return;
    }
    if (condition.all().isEmpty() == condition.any().isEmpty()) {
      problems.invalid(path, "give all or any, not both");
    }
    tests(condition.all(), path + ".all", use);
    tests(condition.any(), path + ".any", use);
  }

  private void tests(List<Test> tests, String path, Use use) {
    for (int i = 0; i < tests.size(); i++) {
      test(tests.get(i), path + "[" + i + "]", use);
    }
  }

  private void test(Test test, String path, Use use) {
    one(
        path,
        "line, label, severityAtLeast, severityAtMost, olderThan",
        test.line(),
        test.label(),
        test.severityAtLeast(),
        test.severityAtMost(),
        test.olderThan());
    if (test.severityAtLeast() != null || test.severityAtMost() != null) {
      if (!severity) {
        problems.invalid(path, "tests of severity need parse.severity");
      }
    }
    boolean turned = use == Use.KEEP;
    if (Question.dropsOnly(test) && (use == Use.WHEN || test.not() != turned)) {
      problems.invalid(
          path,
          "olderThan and longerThan can only drop: use them in drop, or with not: true in keep");
    }
    line(test.line(), path + ".line");
    label(test.label(), path + ".label");
    if (test.olderThan() != null) {
      duration(test.olderThan(), path + ".olderThan");
    }
  }

  private void line(@Nullable LineTest line, String path) {
    if (line == null) {
      return;
    }
    one(path, "contains, regex, longerThan", line.contains(), line.regex(), line.longerThan());
    regex(line.regex(), path + ".regex");
    if (line.longerThan() != null) {
      size(line.longerThan(), path + ".longerThan");
    }
  }

  private void label(@Nullable LabelTest label, String path) {
    if (label == null) {
      return;
    }
    Object in = label.in().isEmpty() ? null : label.in();
    one(path, "in, regex, exists", in, label.regex(), label.exists());
    if (!Names.isLabel(label.name())) {
      problems.invalid(path + ".name", "must be a label's name");
    }
    regex(label.regex(), path + ".regex");
  }

  void regex(@Nullable String expression, String path) {
    if (expression == null) {
      return;
    }
    try {
      List<String> names = GoRegex.compile(expression).groupNames();
      if (names.stream().anyMatch(name -> name.startsWith("__"))) {
        problems.invalid(path, "names of groups must not begin with __");
      }
    } catch (GoRegexException e) {
      problems.add(
          Reason.REGEX_INVALID,
          path,
          "is no expression of RE2: " + e.getMessage() + "; correct it");
    }
  }

  void size(String text, String path) {
    try {
      Units.bytes(text);
    } catch (IllegalArgumentException e) {
      problems.invalid(path, Objects.requireNonNullElse(e.getMessage(), "is no size"));
    }
  }

  void duration(String text, String path) {
    try {
      if (!Units.duration(text).isPositive()) {
        problems.invalid(path, "must be longer than 0");
      }
    } catch (IllegalArgumentException e) {
      problems.invalid(path, Objects.requireNonNullElse(e.getMessage(), "is no duration"));
    }
  }

  void one(String path, String names, @Nullable Object... values) {
    if (Stream.of(values).filter(Objects::nonNull).count() != 1) {
      problems.invalid(path, "give exactly one of " + names);
    }
  }
}
