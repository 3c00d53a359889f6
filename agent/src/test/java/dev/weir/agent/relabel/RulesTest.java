package dev.weir.agent.relabel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.agent.loki.Labels;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RulesTest {
  @Test
  void replacesTheTargetByTheExpandedReplacement() {
    Rule rule = rule(Action.REPLACE, "/(.+)-(?P<n>\\d+)", 0, "to", "$1:${n}", "from");

    assertThat(applied(rule, Map.of("from", "/web-12"))).containsEntry("to", "web:12");
  }

  @Test
  void leavesEverythingWhenTheExpressionDoesNotTakeAllOfTheSource() {
    Rule rule = rule(Action.REPLACE, "web", 0, "to", "x", "from");

    assertThat(applied(rule, Map.of("from", "web-1"))).isEqualTo(Map.of("from", "web-1"));
  }

  @Test
  void letsTheDotTakeNewlines() {
    Rule rule = rule(Action.REPLACE, "a.*b", 0, "to", "x", "from");

    assertThat(applied(rule, Map.of("from", "a\nb"))).containsEntry("to", "x");
  }

  @Test
  void joinsSourcesAndTakesMissingOnesAsEmpty() {
    assertThat(
            applied(Rule.of(Action.REPLACE, "to", "a", "missing", "b"), Map.of("a", "1", "b", "2")))
        .containsEntry("to", "1;;2");
  }

  @Test
  void removesTheTargetWhenTheReplacementIsEmpty() {
    Rule rule = rule(Action.REPLACE, "(.*)", 0, "to", "", "from");

    assertThat(applied(rule, Map.of("to", "old"))).isEmpty();
  }

  @Test
  void expandsTheTargetToo() {
    Rule rule = rule(Action.REPLACE, "(\\w+)=(\\w+)", 0, "label_$1", "$2", "pair");

    assertThat(applied(rule, Map.of("pair", "env=prod"))).containsEntry("label_env", "prod");
  }

  @Test
  void keepsOrDropsByTheExpression() {
    var labels = Map.of("app", "web");

    assertThat(run(rule(Action.KEEP, "web|db", 0, "", "$1", "app"), labels)).isPresent();
    assertThat(run(rule(Action.KEEP, "db", 0, "", "$1", "app"), labels)).isEmpty();
    assertThat(run(rule(Action.DROP, "web", 0, "", "$1", "app"), labels)).isEmpty();
    assertThat(run(rule(Action.DROP, "we", 0, "", "$1", "app"), labels)).isPresent();
  }

  @Test
  void keepsOrDropsByEqualLabels() {
    var labels = Map.of("port", "80", "wanted", "80", "other", "81");

    assertThat(run(Rule.of(Action.KEEPEQUAL, "wanted", "port"), labels)).isPresent();
    assertThat(run(Rule.of(Action.KEEPEQUAL, "other", "port"), labels)).isEmpty();
    assertThat(run(Rule.of(Action.DROPEQUAL, "wanted", "port"), labels)).isEmpty();
    assertThat(run(Rule.of(Action.DROPEQUAL, "other", "port"), labels)).isPresent();
  }

  @Test
  void hashesAsPrometheusDoes() {
    Rule rule = rule(Action.HASHMOD, "(.*)", 1000, "d", "$1", "c");

    assertThat(applied(rule, Map.of("c", "baz"))).containsEntry("d", "976");
  }

  @Test
  void mapsNames() {
    Rule rule = rule(Action.LABELMAP, "__meta_(.+)", 0, "", "$1");

    assertThat(applied(rule, Map.of("__meta_name", "web", "other", "x")))
        .isEqualTo(Map.of("__meta_name", "web", "name", "web", "other", "x"));
  }

  @Test
  void dropsAndKeepsByName() {
    var labels = Map.of("a1", "x", "b", "y");

    assertThat(applied(rule(Action.LABELDROP, "a.*", 0, "", "$1"), labels))
        .isEqualTo(Map.of("b", "y"));
    assertThat(applied(rule(Action.LABELKEEP, "a.*", 0, "", "$1"), labels))
        .isEqualTo(Map.of("a1", "x"));
  }

  @Test
  void changesLetterCase() {
    assertThat(applied(Rule.of(Action.LOWERCASE, "to", "from"), Map.of("from", "WeB")))
        .containsEntry("to", "web");
    assertThat(applied(Rule.of(Action.UPPERCASE, "to", "from"), Map.of("from", "WeB")))
        .containsEntry("to", "WEB");
  }

  @Test
  void refusesArgumentsThatDoNotGoTogether() {
    assertThatThrownBy(() -> Rule.of(Action.REPLACE, "", "a"))
        .hasMessage("relabel configuration for replace action requires 'target_label' value");
    assertThatThrownBy(() -> Rule.of(Action.HASHMOD, "to", "a"))
        .hasMessage("relabel configuration for hashmod requires non-zero modulus");
    assertThatThrownBy(() -> Rule.of(Action.LABELDROP, "to"))
        .hasMessage("labeldrop action requires only 'regex', and no other fields");
    assertThatThrownBy(() -> Rule.of(Action.KEEPEQUAL, "to"))
        .hasMessage("relabel configuration for keepequal action requires 'source_labels' value");
    assertThatThrownBy(() -> rule(Action.DROPEQUAL, "x", 0, "to", "$1", "a"))
        .hasMessage(
            "dropequal action requires only 'source_labels' and 'target_label', and no other"
                + " fields");
    assertThatThrownBy(() -> AnchoredRegex.parse("(")).hasMessageContaining("missing closing )");
    assertThatThrownBy(() -> Action.parse("move")).hasMessage("unknown relabel action \"move\"");
  }

  @Test
  void remembersResults() {
    var cache = new RelabelCache(new Rules(List.of(Rule.of(Action.UPPERCASE, "to", "from"))), 1);
    Labels labels = Labels.of("from", "a");

    Optional<Labels> first = cache.apply(labels);
    assertThat(cache.apply(Labels.of("from", "a"))).isSameAs(first);
    assertThat(first).contains(Labels.of("from", "a", "to", "A"));
    cache.apply(Labels.of("from", "b"));
    assertThat(cache.size()).isEqualTo(1);
    assertThat(cache.hits()).isEqualTo(1);
    assertThat(cache.misses()).isEqualTo(2);
  }

  /// Forty rules would make a value of a terabyte.
  @Test
  void boundsWhatRulesMakeOfALabel() {
    Rule doubling = rule(Action.REPLACE, "(.*)", 0, "a", "$1$1", "a");
    Rules rules = new Rules(Collections.nCopies(40, doubling));

    assertThat(rules.apply(Map.of("a", "x\ud83d\ude00")).orElseThrow().get("a"))
        .hasSizeBetween(65_000, 65_536)
        .matches(text -> !Character.isHighSurrogate(text.charAt(text.length() - 1)));
    Rule often = rule(Action.REPLACE, "(.*)", 0, "b", "$1".repeat(30_000), "a");
    assertThat(applied(often, Map.of("a", "x".repeat(1 << 20))).get("b")).hasSize(65_536);
  }

  private static Rule rule(
      Action action,
      String regex,
      long modulus,
      String target,
      String replacement,
      String... sources) {
    return new Rule(
        List.of(sources), ";", AnchoredRegex.parse(regex), modulus, target, replacement, action);
  }

  private static Optional<Map<String, String>> run(Rule rule, Map<String, String> labels) {
    return new Rules(List.of(rule)).apply(labels);
  }

  private static Map<String, String> applied(Rule rule, Map<String, String> labels) {
    return run(rule, labels).orElseThrow();
  }
}
