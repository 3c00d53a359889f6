package dev.weir.agent.loki.process.stage;

import static dev.weir.agent.loki.process.stage.RunningStages.labels;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MatchStageTest {
  private static final String MARK = "stage.static_labels {\nvalues = { seen = \"yes\" }\n}";

  @ParameterizedTest
  @CsvSource(
      delimiterString = " -> ",
      value = {
        "{app=\"web\"} -> true",
        "{app=\"db\"} -> false",
        "{app!=\"db\"} -> true",
        "{app=~\"w.b|x\"} -> true",
        "{app=~\"w\"} -> false",
        "{app!~\"w\", missing=\"\"} -> true",
        "{ app = \"web\" , missing != \"x\" } -> true",
        "{app=\"web\"} |= \"err\" -> true",
        "{app=\"web\"} |= \"err\" != \"timeout\" -> false",
        "{app=\"web\"} |~ \"e.r\" !~ \"^x\" -> true",
        "{app=\"web\"} |~ `t.m\\w+t` -> true"
      })
  void runsItsStagesOnWhatTheSelectorMeans(String selector, boolean meant) {
    var stages =
        RunningStages.river("stage.match {\nselector = " + quoted(selector) + "\n" + MARK + "\n}");

    assertThat(stages.run("err timeout", labels("app", "web")).labels().containsKey("seen"))
        .isEqualTo(meant);
  }

  @Test
  void dropsWhatTheSelectorMeans() {
    var stages =
        RunningStages.river(
            "stage.match {\nselector = `{app=\"web\"} |= \"debug\"`\naction = \"drop\"\n}");
    stages.send("debug", labels("app", "web"));
    stages.send("debug", labels("app", "db"));
    stages.send("info", labels("app", "web"));

    assertThat(stages.lines()).containsExactly("debug", "info");
    assertThat(stages.dropped()).isEqualTo(Map.of("match_stage", 1));
  }

  @Test
  void showsItsStagesTheLabelsOfNow() {
    var stages =
        RunningStages.river(
            "stage.static_labels {\nvalues = { app = \"new\" }\n}\n"
                + "stage.match {\nselector = `{app=\"new\"}`\n"
                + "stage.labels {\nvalues = { copy = \"app\" }\n}\n}");

    assertThat(stages.run("x", labels("app", "old")).labels())
        .isEqualTo(Map.of("app", "new", "copy", "new"));
  }

  @Test
  void nests() {
    var stages =
        RunningStages.river(
            "stage.match {\nselector = `{a=\"1\"}`\n"
                + "stage.match {\nselector = `{b=\"2\"}`\naction = \"drop\"\n}\n"
                + MARK
                + "\n}");
    stages.send("both", labels("a", "1", "b", "2"));

    assertThat(stages.lines()).isEmpty();
    assertThat(stages.run("one", labels("a", "1")).labels())
        .isEqualTo(Map.of("a", "1", "seen", "yes"));
  }

  @Test
  void refusesWhatDoesNotGoTogether() {
    assertThat(StagesText.errorOf("stage.match {\nselector = \"{a=\\\"1\\\"}\"\n}"))
        .contains("requires at least one additional stage");
    assertThat(
            StagesText.errorOf(
                "stage.match {\nselector = \"{a=\\\"1\\\"}\"\naction = \"drop\"\n" + MARK + "\n}"))
        .contains("match stage configured to drop entries cannot contains stages");
    assertThat(StagesText.errorOf("stage.match {\nselector = \"x\"\naction = \"drop\"\n}"))
        .contains("invalid selector");
    assertThat(
            StagesText.errorOf(
                "stage.match {\nselector = \"{a=\\\"1\\\"} | json\"\naction = \"drop\"\n}"))
        .contains("only line filters");
    assertThat(StagesText.errorOf("stage.match {\nselector = \"\"\naction = \"drop\"\n}"))
        .contains("selector statement required for match stage");
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
