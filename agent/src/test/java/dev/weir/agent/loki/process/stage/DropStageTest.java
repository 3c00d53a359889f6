package dev.weir.agent.loki.process.stage;

import static dev.weir.agent.loki.process.stage.RunningStages.origin;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DropStageTest {
  private static final Map<String, String> EXTRACTED = Map.of("a", "x", "b", "yy", "e", "");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "expression = \"deb.g\"|true",
        "expression = \"^bug\"|false",
        "source = \"a\"|true",
        "source = \"a,b\"|true",
        "source = \"a,missing\"|false",
        "source = \"a,\\u0020b\"|false",
        "source = \"a\", value = \"x\"|true",
        "source = \"b\", value = \"y\"|false",
        "source = \"a,b\", expression = \"^x;yy$\"|true",
        "source = \"a,b\", separator = \"#\", value = \"x#yy\"|true",
        "source = \"a,missing\", expression = \"^x$\"|true",
        "source = \"missing\", expression = \"x\"|false",
        "source = \"missing\", expression = \"x*\"|true",
        "longer_than = \"5B\"|true",
        "longer_than = \"6B\"|false",
        "older_than = \"1h\"|false",
        "older_than = \"30m\"|true",
        "older_than = \"30m\", expression = \"other\"|false"
      })
  void dropsWhenAllConditionsHold(String arguments, boolean dropped) {
    var stages = RunningStages.river("stage.drop {\n" + arguments.replace(", ", "\n") + "\n}");
    stages.send("debüg", origin(EXTRACTED).andThen(entry -> entry.timestamp(minutesAgo(31))));

    assertThat(stages.lines().isEmpty()).isEqualTo(dropped);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " -> ",
      value = {
        "{{ .container_name | contains(\"debug\") }} -> true",
        "{{ .container_name | contains \"debug\" }} -> true",
        "{{ .container_name | contains(\"web\") }} -> false",
        "{{ if eq .level \"info\" }}yes{{ end }} -> true",
        "{{ if eq .level \"warn\" }}yes{{ end }} -> false",
        "{{ .missing }} -> false",
        "{{ .level | upper | index .level 99 }} -> false",
        "{{ and (eq .level \"info\") (contains \"GET\" .Entry) }} -> true"
      })
  void dropsWhatATemplateSays(String template, boolean dropped) {
    var stages =
        RunningStages.river(
            "stage.drop {\nexpression = \"" + template.replace("\"", "\\\"") + "\"\n}");
    stages.send("GET /", origin(Map.of("container_name", "my-debug-1", "level", "info")));

    assertThat(stages.lines().isEmpty()).isEqualTo(dropped);
  }

  @Test
  void refusesATemplateThatCannotBeRead() {
    assertThat(StagesText.errorOf("stage.drop {\nexpression = \"{{ .a | nosuch }}\"\n}"))
        .contains("function \"nosuch\" not defined");
    assertThat(StagesText.errorOf("stage.drop {\nexpression = \"(\"\n}"))
        .contains("drop stage regex compilation error");
  }

  @Test
  void countsByReason() {
    var stages =
        RunningStages.river(
            "stage.drop {\nexpression = \"x\"\n}\n"
                + "stage.drop {\nexpression = \"y\"\ndrop_counter_reason = \"why\"\n}");
    stages.send("x", entry -> {});
    stages.send("y", entry -> {});
    stages.send("y", entry -> {});

    assertThat(stages.dropped()).isEqualTo(Map.of("drop_stage", 1, "why", 2));
  }

  @Test
  void refusesArgumentsThatDoNotGoTogether() {
    assertThat(StagesText.errorOf("stage.drop { }"))
        .contains("drop stage config must contain at least one of");
    assertThat(StagesText.errorOf("stage.drop {\nvalue = \"x\"\nlonger_than = \"1KB\"\n}"))
        .contains("drop stage config must contain `source` if `value` is specified");
    assertThat(
            StagesText.errorOf(
                "stage.drop {\nsource = \"a\"\nvalue = \"x\"\nexpression = \"y\"\n}"))
        .contains("`value` and `expression` cannot both be defined");
  }

  private static long minutesAgo(int minutes) {
    return RunningStages.NOW.minus(Duration.ofMinutes(minutes)).getEpochSecond() * 1_000_000_000;
  }
}
