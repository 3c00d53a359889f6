package dev.weir.agent.loki.process.stage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class RegexStageTest {
  @Test
  void extractsNamedGroups() {
    var stages = stages("expression = `level=(?P<level>\\w+)(?P<rest> x)? (.)`");
    stages.run("ts=1 level=warn é");

    assertThat(stages.extracted()).isEqualTo(Map.of("level", "warn", "rest", ""));
  }

  @Test
  void extractsNothingWithoutAMatch() {
    var stages = stages("expression = \"(?P<a>x)\"");
    stages.run("y");

    assertThat(stages.extracted()).isEmpty();
  }

  @Test
  void searchesAnExtractedValue() {
    var stages = stages("expression = \"(?P<n>[0-9]+)\"\nsource = \"from\"");
    stages.run("1", RunningStages.origin(Map.of("from", "web-12")));

    assertThat(stages.extracted()).containsEntry("n", "12");
  }

  @Test
  void makesLabelsOfTheGroups() {
    var stages = stages("expression = \"(?P<app>[a-z]+)\"\nlabels_from_groups = true");

    assertThat(stages.run("web 1").labels()).isEqualTo(Map.of("app", "web"));
  }

  @Test
  void refusesWhatIsNoExpression() {
    assertThat(StagesText.errorOf("stage.regex {\nexpression = \"(\"\n}"))
        .contains("missing closing )");
    assertThat(StagesText.errorOf("stage.regex {\nexpression = \"a\"\nsource = \"\"\n}"))
        .contains("source");
  }

  private static RunningStages stages(String arguments) {
    return RunningStages.river("stage.regex {\n" + arguments + "\n}");
  }
}
