package dev.weir.agent.loki.process.stage;

import static dev.weir.agent.loki.process.stage.RunningStages.labels;
import static dev.weir.agent.loki.process.stage.RunningStages.origin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.agent.loki.Metadata;
import dev.weir.agent.river.eval.NamedBlock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

@SuppressWarnings("NullAway") // It does not see that the arguments' maps take null.
class LabelStagesTest {
  @Test
  void makesLabelsOfWhatTheSourceKnows() {
    var stages = RunningStages.of(labelsStage("container", "container_name", "stream", ""));

    assertThat(
            stages.run("x", origin(Map.of("container_name", "web", "stream", "stdout"))).labels())
        .isEqualTo(Map.of("container", "web", "stream", "stdout"));
  }

  @Test
  void takesANullForTheSameName() {
    Map<String, @Nullable String> values = new HashMap<>();
    values.put("stream", null);
    var stages =
        RunningStages.of(new NamedBlock("labels", new LabelsStage.Arguments(values, "extracted")));

    assertThat(stages.run("x", origin(Map.of("stream", "stderr"))).labels())
        .isEqualTo(Map.of("stream", "stderr"));
  }

  @Test
  void leavesOutLabelsWithoutASource() {
    var stages = RunningStages.of(labelsStage("a", "missing"));

    assertThat(stages.run("x", labels("b", "1")).labels()).isEqualTo(Map.of("b", "1"));
  }

  @Test
  void readsStructuredMetadata() {
    var stages =
        RunningStages.of(
            new NamedBlock(
                "labels", new LabelsStage.Arguments(Map.of("trace", "id"), "structured_metadata")));

    assertThat(stages.run("x", entry -> entry.metadata(Metadata.of("id", "7"))).labels())
        .isEqualTo(Map.of("trace", "7"));
  }

  @Test
  void seesLabelsInTheExtractedMapAsTheyWereAtTheStart() {
    var stages = RunningStages.of(staticLabels("a", "new"), labelsStage("copy", "a"));

    assertThat(stages.run("x", labels("a", "old")).labels())
        .isEqualTo(Map.of("a", "new", "copy", "old"));
  }

  @Test
  void addsFixedLabelsAndLeavesOutEmptyOnes() {
    var stages = RunningStages.of(staticLabels("a", "1", "b", ""));

    assertThat(stages.run("x", labels("b", "old")).labels())
        .isEqualTo(Map.of("a", "1", "b", "old"));
  }

  @Test
  void dropsAndKeepsLabels() {
    var drop =
        RunningStages.of(new NamedBlock("label_drop", new LabelDropStage.Arguments(List.of("a"))));
    var keep =
        RunningStages.of(new NamedBlock("label_keep", new LabelKeepStage.Arguments(List.of("a"))));

    assertThat(drop.run("x", labels("a", "1", "b", "2")).labels()).isEqualTo(Map.of("b", "2"));
    assertThat(keep.run("x", labels("a", "1", "b", "2", "c", "3")).labels())
        .isEqualTo(Map.of("a", "1"));
  }

  @Test
  void makesAnExtractedValueTheLine() {
    var stages = RunningStages.of(new NamedBlock("output", new OutputStage.Arguments("message")));

    assertThat(stages.run("x", origin(Map.of("message", "m"))).line()).isEqualTo("m");
    assertThat(stages.run("x").line()).isEqualTo("x");
  }

  @Test
  void refusesEmptyArguments() {
    assertThatThrownBy(() -> new LabelDropStage.Arguments(List.of()))
        .hasMessage("labeldrop stage config cannot be empty");
    assertThatThrownBy(() -> staticLabels("", "x")).hasMessage("invalid label name: ");
    assertThatThrownBy(() -> new LabelsStage.Arguments(Map.of("a", ""), "line"))
        .hasMessage(
            "invalid labels source_type: line. Can only be 'extracted' or 'structured_metadata'");
  }

  private static NamedBlock labelsStage(String... pairs) {
    return new NamedBlock("labels", new LabelsStage.Arguments(map(pairs), "extracted"));
  }

  private static NamedBlock staticLabels(String... pairs) {
    return new NamedBlock("static_labels", new StaticLabelsStage.Arguments(map(pairs)));
  }

  private static Map<String, @Nullable String> map(String... pairs) {
    Map<String, @Nullable String> map = new HashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      map.put(pairs[i], pairs[i + 1]);
    }
    return map;
  }
}
