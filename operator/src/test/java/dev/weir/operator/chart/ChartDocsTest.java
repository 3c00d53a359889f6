package dev.weir.operator.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What the chart's files say of one another. `mvn test -Dweir.update` writes the README's table.
class ChartDocsTest {
  private static final Path CHART = Tool.TOP.resolve("charts/weir");
  private static final String START = "<!-- values -->\n";

  @Test
  void describesEveryValue() throws Exception {
    assertThat(ChartValues.read(CHART.resolve("values.yaml")).values())
        .hasSizeGreaterThan(40)
        .allSatisfy(value -> assertThat(value.description()).as(value.path()).isNotEmpty());
  }

  @Test
  void hasASchemaForEveryValueAndNoOther() throws Exception {
    JsonNode schema = Rendered.YAML.readTree(CHART.resolve("values.schema.json").toFile());
    for (ChartValues.Value value : ChartValues.read(CHART.resolve("values.yaml")).values()) {
      String pointer = "/properties/" + value.path().replace(".", "/properties/");
      assertThat(schema.at(pointer).isMissingNode()).as(value.path()).isFalse();
    }
  }

  @Test
  void listsTheValuesInItsReadme() throws Exception {
    Path readme = CHART.resolve("README.md");
    String text = Files.readString(readme);
    String written = text.substring(0, text.indexOf(START) + START.length());
    String wanted = written + ChartValues.read(CHART.resolve("values.yaml")).table();
    if (Boolean.getBoolean("weir.update")) {
      Files.writeString(readme, wanted);
    }
    assertThat(Files.readString(readme)).isEqualTo(wanted);
  }

  @Test
  void carriesTheKindsOfTheRepository() throws Exception {
    Path kinds = Tool.TOP.resolve("crds");
    Path carried = CHART.resolve("crds");
    assertThat(names(carried)).isNotEmpty().isEqualTo(names(kinds));
    for (String name : names(kinds)) {
      assertThat(carried.resolve(name)).hasSameTextualContentAs(kinds.resolve(name));
    }
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void hasRulesThatPrometheusTakes() throws Exception {
    Tool.require("promtool");

    Tool.Result result =
        Tool.run(List.of("promtool", "check", "rules", "charts/weir/files/rules.yaml"));

    assertThat(result.status()).as(result.output() + result.errors()).isZero();
  }

  @Test
  void explainsEachOfItsAlarms() throws Exception {
    String guide = Files.readString(Tool.TOP.resolve("docs/kubernetes.md"));
    JsonNode rules = Rendered.YAML.readTree(CHART.resolve("files/rules.yaml").toFile());

    assertThat(rules.findValuesAsText("alert"))
        .isNotEmpty()
        .allSatisfy(alert -> assertThat(guide).contains("#### " + alert + "\n"));
  }
}
