package dev.weir.operator.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.operator.api.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// That `docs/kubernetes.md` explains what a user may meet.
class KubernetesGuideTest {
  private static final String GUIDE = guide();
  private static final Pattern LINK = Pattern.compile("\\]\\((\\.\\./)?([a-z][^):#]*)(#[^)]*)?\\)");

  private static String guide() {
    try {
      return Files.readString(Tool.TOP.resolve("docs/kubernetes.md"));
    } catch (IOException e) {
      throw new IllegalStateException("docs/kubernetes.md cannot be read", e);
    }
  }

  @Test
  void explainsEveryReasonOfEveryCondition() {
    assertThat(Arrays.stream(Reason.values()).map(Reason::text))
        .allSatisfy(reason ->
            assertThat(GUIDE)
                .containsAnyOf("#### " + reason + "\n", "with the reason `" + reason + "`"));
  }

  @Test
  void explainsEveryAlarmOfAClass() throws Exception {
    Path rules = Path.of("src/test/resources/children/full/out-PrometheusRule-audit-agent.yaml");
    JsonNode tree = Rendered.YAML.readTree(rules.toFile());

    assertThat(tree.findValuesAsText("alert"))
        .hasSizeGreaterThan(10)
        .allSatisfy(alert -> assertThat(GUIDE).contains("#### " + alert + "\n"));
  }

  @Test
  void pointsToFilesThatExist() {
    var missing = new ArrayList<String>();
    var links = LINK.matcher(GUIDE);
    while (links.find()) {
      Path base = links.group(1) == null ? Tool.TOP.resolve("docs") : Tool.TOP;
      if (!Files.exists(base.resolve(links.group(2)))) {
        missing.add(links.group());
      }
    }
    assertThat(missing).isEmpty();
  }

  @Test
  void hasHeadingsForItsOwnLinks() {
    List<String> headings =
        GUIDE
            .lines()
            .filter(line -> line.startsWith("#"))
            .map(line -> line.replaceFirst("#+ ", "").toLowerCase(Locale.ROOT))
            .map(heading -> "#" + heading.replace(" ", "-"))
            .toList();
    var links = Pattern.compile("\\]\\((#[^)]*)\\)").matcher(GUIDE);

    assertThat(links.results().map(found -> found.group(1)).toList())
        .isNotEmpty()
        .allSatisfy(link -> assertThat(headings).contains(link));
  }
}
