package dev.weir.agent.loki.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.agent.loki.Batch;
import dev.weir.agent.loki.Labels;
import dev.weir.agent.loki.Lane;
import dev.weir.agent.loki.process.stage.StagesText;
import dev.weir.agent.river.eval.NamedBlock;
import dev.weir.agent.testkit.CollectingReceiver;
import dev.weir.agent.testkit.TestContext;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What `stage.metrics` shows at `/metrics`.
class UserMetricsTest {
  private static final String COUNT =
      """
      stage.metrics {
        metric.counter {
          name        = "lines"
          description = "Lines \\\\ of\\nlogs"
          match_all   = true
          action      = "inc"
        }
      }
      """;
  private static final String SERIES =
      "loki_process_custom_lines{component_id=\"loki.process.t\",component_path=\"/\",app=\"a\"}";

  @TempDir Path storage;
  private TestContext context;
  private final Lane lane = new Lane("test");

  @BeforeEach
  void makeContext() {
    context = new TestContext("loki.process.t", storage);
  }

  @Test
  void showsMetricsWithHelpAndType() throws Exception {
    process(COUNT).accept(line());

    assertThat(context.scrape())
        .endsWith(
            "# HELP loki_process_custom_lines Lines \\\\ of\\nlogs\n"
                + "# TYPE loki_process_custom_lines counter\n"
                + SERIES
                + " 1\n");
  }

  @Test
  void showsNothingBeforeTheFirstLine() throws Exception {
    process(COUNT);

    assertThat(context.scrape()).doesNotContain("loki_process_custom");
  }

  @Test
  void goesOnCountingWhenTheStagesStayTheSame() throws Exception {
    LokiProcess process = process(COUNT);
    process.accept(line());
    process.update(arguments(COUNT));
    process.accept(line());

    assertThat(context.scrape()).contains(SERIES + " 2\n");
  }

  @Test
  void startsAnewWhenTheStagesChange() throws Exception {
    LokiProcess process = process(COUNT);
    process.accept(line());
    process.update(arguments(COUNT + "stage.decolorize { }\n"));
    assertThat(context.scrape()).doesNotContain("loki_process_custom");
    process.accept(line());

    assertThat(context.scrape()).contains(SERIES + " 1\n");
  }

  @Test
  void takesItsMetricsBackWhenItGoes() throws Exception {
    process(COUNT).accept(line());
    context.metrics().close();

    assertThat(context.scrape()).doesNotContain("loki_process_custom");
  }

  @Test
  void countsLanesTogether() throws Exception {
    LokiProcess process = process(COUNT);
    process.accept(line());
    var other = new Batch(new Lane("other"));
    other.add().labels(Labels.of("app", "a"));
    process.accept(other);

    assertThat(context.scrape()).contains(SERIES + " 2\n");
  }

  private LokiProcess process(String stages) throws Exception {
    return new LokiProcess(arguments(stages), context);
  }

  private static LokiProcess.Arguments arguments(String stages) throws Exception {
    List<NamedBlock> blocks = StagesText.decode(stages);
    return new LokiProcess.Arguments(List.of(new CollectingReceiver()), blocks);
  }

  private Batch line() {
    var batch = new Batch(lane);
    batch.add().labels(Labels.of("app", "a"));
    return batch;
  }
}
