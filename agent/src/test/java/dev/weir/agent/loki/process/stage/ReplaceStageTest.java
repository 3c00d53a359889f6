package dev.weir.agent.loki.process.stage;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReplaceStageTest {
  /// It would be a gigabyte.
  @Test
  void leavesALineThatItWouldMakeFarLonger() {
    var stages =
        RunningStages.river(
            "stage.replace {\nexpression = \"(.)\"\nreplace = `{{ repeat 1000 .Value }}`\n}");
    String line = "x".repeat(1 << 20);

    assertThat(stages.run(line).line()).isEqualTo(line);
    assertThat(stages.run("ab").line()).isEqualTo("a".repeat(1000) + "b".repeat(1000));
  }
}
