package dev.weir.agent.relabel;

import dev.weir.agent.regex.GoRegex;
import dev.weir.agent.river.eval.Default;
import java.util.List;
import java.util.Set;

/// One `rule` block.
///
/// @param sourceLabels whose values are looked at, joined
/// @param separator between the values of `source_labels`
/// @param regex must match all of the joined source labels; its dot matches newlines
/// @param modulus for `hashmod` alone
/// @param targetLabel the label to change
/// @param replacement what `target_label` becomes, with groups of `regex` as `$1` or `${name}`
/// @param action what happens: `replace`, `keep`, `drop`, `keepequal`, `dropequal`, `hashmod`,
///   `labelmap`, `labeldrop`, `labelkeep`, `lowercase` or `uppercase`
public record Rule(
    @Default("[]") List<String> sourceLabels,
    @Default("\";\"") String separator,
    @Default("\"(.*)\"") AnchoredRegex regex,
    @Default("0") long modulus,
    @Default("\"\"") String targetLabel,
    @Default("\"$1\"") String replacement,
    @Default("\"replace\"") Action action) {
  private static final String ANYTHING = "(.*)";
  private static final String FIRST_GROUP = "$1";
  private static final Set<Action> WITH_TARGET =
      Set.of(
          Action.REPLACE,
          Action.HASHMOD,
          Action.LOWERCASE,
          Action.UPPERCASE,
          Action.KEEPEQUAL,
          Action.DROPEQUAL);
  private static final GoRegex LABEL_NAME_TEMPLATE =
      GoRegex.compile("^(?:(?:[a-zA-Z_]|\\$(?:\\{\\w+\\}|\\w+))+\\w*)+$");

  /// @throws IllegalArgumentException when arguments are missing or do not go together
  public Rule {
    sourceLabels = List.copyOf(sourceLabels);
    String name = action.text();
    if (action == Action.HASHMOD && modulus == 0) {
      throw new IllegalArgumentException(
          "relabel configuration for hashmod requires non-zero modulus");
    }
    if (modulus < 0) {
      throw new IllegalArgumentException("modulus must not be negative");
    }
    if (WITH_TARGET.contains(action) && targetLabel.isEmpty()) {
      throw new IllegalArgumentException(
          "relabel configuration for " + name + " action requires 'target_label' value");
    }
    requireTarget(action, targetLabel);
    requireDefaults(action, sourceLabels, separator, regex, modulus, targetLabel, replacement);
  }

  /// A rule with everything left out.
  public static Rule of(Action action, String targetLabel, String... sourceLabels) {
    return new Rule(
        List.of(sourceLabels),
        ";",
        AnchoredRegex.parse(ANYTHING),
        0,
        targetLabel,
        FIRST_GROUP,
        action);
  }

  private static void requireTarget(Action action, String targetLabel) {
    boolean fits =
        switch (action) {
          case REPLACE ->
              // A plain name may hold any character; only a template is looked at more closely.
              targetLabel.indexOf('$') < 0 || LABEL_NAME_TEMPLATE.find(targetLabel);
          default -> true;
        };
    if (!fits) {
      throw new IllegalArgumentException(
          "\"" + targetLabel + "\" is invalid 'target_label' for " + action.text() + " action");
    }
  }

  private static void requireDefaults(
      Action action,
      List<String> sourceLabels,
      String separator,
      AnchoredRegex regex,
      long modulus,
      String targetLabel,
      String replacement) {
    boolean plain = modulus == 0 && separator.equals(";") && replacement.equals(FIRST_GROUP);
    switch (action) {
      case LABELDROP, LABELKEEP -> {
        if (!plain || !sourceLabels.isEmpty() || !targetLabel.isEmpty()) {
          throw new IllegalArgumentException(
              action.text() + " action requires only 'regex', and no other fields");
        }
      }
      case KEEPEQUAL, DROPEQUAL -> {
        if (sourceLabels.isEmpty()) {
          throw new IllegalArgumentException(
              "relabel configuration for "
                  + action.text()
                  + " action requires 'source_labels' value");
        }
        if (!plain || !regex.text().equals(ANYTHING)) {
          throw new IllegalArgumentException(
              action.text()
                  + " action requires only 'source_labels' and 'target_label', and no other"
                  + " fields");
        }
      }
      default -> {}
    }
  }
}
