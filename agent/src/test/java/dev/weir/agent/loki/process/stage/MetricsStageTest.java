package dev.weir.agent.loki.process.stage;

import static dev.weir.agent.loki.process.stage.RunningStages.labels;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class MetricsStageTest {
  private static final String NAME = "loki_process_custom_n";
  private static final String OPEN_METRICS = "application/openmetrics-text; version=1.0.0";

  @Test
  void forgetsASeriesThatIsIdle() {
    var stages = stages("n", "max_idle_duration = \"10s\"");
    stages.run("x", labels("app", "a"));
    stages.later(Duration.ofSeconds(6));
    stages.run("x", labels("app", "b"));
    assertThat(text(stages)).contains("app=\"a\"", "app=\"b\"");

    stages.later(Duration.ofSeconds(5));
    assertThat(text(stages)).as("shown once more").contains("app=\"a\"");
    assertThat(text(stages)).doesNotContain("app=\"a\"").contains("app=\"b\"");
  }

  @Test
  void startsAnIdleSeriesAnew() {
    var stages = stages("n", "max_idle_duration = \"1s\"");
    stages.run("x", labels("app", "a"));
    stages.run("x", labels("app", "a"));
    stages.later(Duration.ofSeconds(1));
    assertThat(text(stages)).contains("app=\"a\"} 2\n");
    stages.run("x", labels("app", "a"));

    assertThat(text(stages)).contains("app=\"a\"} 1\n");
  }

  @Test
  void stayFiveMinutesByDefault() {
    var stages = stages("n", "");
    stages.run("x");
    stages.later(Duration.ofSeconds(299));
    text(stages);
    assertThat(text(stages)).contains(NAME);
    stages.later(Duration.ofSeconds(1));
    text(stages);

    assertThat(text(stages)).doesNotContain(NAME);
  }

  @Test
  void namesNoTypeInOpenMetricsThatItsNamesForbid() {
    var stages = stages("n", "");
    stages.run("x");

    assertThat(stages.registry().text(OPEN_METRICS))
        .contains("# TYPE " + NAME + " unknown\n")
        .endsWith("\"} 1\n# EOF\n");
  }

  @Test
  void namesCountersInOpenMetricsWithoutTheirSuffix() {
    var stages = stages("n_total", "");
    stages.run("x");

    assertThat(stages.registry().text(OPEN_METRICS))
        .contains("# TYPE " + NAME + " counter\n" + NAME + "_total{");
  }

  @Test
  void escapesLabels() {
    var stages = stages("n", "");
    stages.run("x", labels("a.b", "q\" \\ \n"));

    assertThat(text(stages)).contains("a_b=\"q\\\" \\\\ \\n\"");
  }

  private static String text(RunningStages stages) {
    return stages.registry().text(null);
  }

  private static RunningStages stages(String name, String more) {
    return RunningStages.river(
        "stage.metrics {\nmetric.counter {\nname = \""
            + name
            + "\"\nmatch_all = true\naction = \"inc\"\n"
            + more
            + "\n}\n}");
  }
}
