package dev.weir.agent.loki.process.stage;

import static dev.weir.agent.loki.process.stage.RunningStages.labels;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.agent.loki.Delivery;
import dev.weir.agent.testkit.SeenEntry;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CriStageTest {
  private static final String TIME = "2024-03-01T10:11:12.5Z ";

  @Test
  void takesTheLineApart() {
    var stages = RunningStages.river("stage.cri { }");
    SeenEntry entry = stages.run(TIME + "stderr F hello world");

    assertThat(entry.line()).isEqualTo("hello world");
    assertThat(entry.labels()).isEqualTo(Map.of("stream", "stderr"));
    assertThat(entry.timestamp()).isEqualTo(1_709_287_872_500_000_000L);
    assertThat(stages.extracted())
        .isEqualTo(
            Map.of(
                "time", TIME.strip(), "stream", "stderr", "flags", "F", "content", "hello world"));
  }

  @Test
  void takesALineWithoutFlagForAWholeOne() {
    assertThat(RunningStages.river("stage.cri { }").run(TIME + "stdout hello").line())
        .isEqualTo("hello");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "hello", TIME, TIME + "stdin F x", " stdout F x"})
  void letsPassWhatHasAnotherForm(String line) {
    assertThat(RunningStages.river("stage.cri { }").run(line).line()).isEqualTo(line);
  }

  @Test
  void joinsPiecesPerStream() {
    var stages = RunningStages.river("stage.cri { }");
    stages.send(TIME + "stdout P one ", labels("pod", "a"));
    stages.send(TIME + "stderr P err ", labels("pod", "a"));
    stages.send(TIME + "stdout P other ", labels("pod", "b"));
    stages.send(TIME + "stdout P two ", labels("pod", "a"));
    assertThat(stages.lines()).isEmpty();
    stages.send("2024-03-01T10:11:13Z stdout F three", labels("pod", "a"));
    stages.send(TIME + "stderr F or", labels("pod", "a"));

    assertThat(stages.lines()).containsExactly("one two three", "err or");
    assertThat(stages.seen().getFirst().timestamp()).isEqualTo(1_709_287_873_000_000_000L);
  }

  @Test
  void sendsAllPiecesWhenThereAreTooManyStreams() {
    var stages = RunningStages.river("stage.cri {\nmax_partial_lines = 1\n}");
    stages.send(TIME + "stdout P one", labels("pod", "a"));
    stages.send(TIME + "stdout P two", labels("pod", "b"));

    assertThat(stages.lines()).containsExactly("one");
    assertThat(stages.counted("loki_process_cri_partial_lines_flushed_total")).isEqualTo(1);
  }

  @Test
  void cutsOffWhatIsTooLong() {
    var stages =
        RunningStages.river(
            "stage.cri {\nmax_partial_line_size = 5\nmax_partial_line_size_truncate = true\n}");
    stages.send(TIME + "stdout P one ", entry -> {});
    stages.send(TIME + "stdout F two", entry -> {});

    assertThat(stages.lines()).containsExactly("one t");
    assertThat(stages.counted("loki_process_cri_lines_truncated_total")).isEqualTo(1);
  }

  @Test
  void holdsTheDeliveryOfItsPieces() {
    var stages = RunningStages.river("stage.cri { }");
    var delivery = new Delivery(delivered -> {});
    stages.deliveries(delivery);
    stages.send(TIME + "stdout P one ", entry -> {});
    assertThat(stages.adopted()).isEmpty();
    stages.finish();

    assertThat(stages.adopted()).containsExactly(delivery);
    assertThat(stages.lines()).containsExactly("one ");
  }

  @Test
  void refusesALimitOfNothing() {
    assertThat(StagesText.errorOf("stage.cri {\nmax_partial_lines = 0\n}"))
        .contains("max_partial_lines must be greater than 0");
  }
}
