package dev.weir.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The commands that the README shows.
class ReadmeTest {
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```(bash)?\n(.*?)^```");
  private static final Pattern USAGE = Pattern.compile("(?m)^weir (\\w+)(.*)$");

  @Test
  void showsCommandsThatAreThereWithTheirFlags() throws IOException {
    Matcher usage = USAGE.matcher(readme());
    int found = 0;
    while (usage.find()) {
      CommandLineRun help = CommandLineRun.of(usage.group(1), "--help");
      assertThat(help.status()).as(usage.group()).isZero();
      for (String word : usage.group(2).split("[\\[\\]| ]+", -1)) {
        if (word.startsWith("-")) {
          assertThat(help.out()).contains(word);
        }
      }
      found++;
    }

    assertThat(found).isGreaterThan(4);
  }

  /// The first two are what CI does, the third runs on the stack of the image's test, the fourth in
  /// the operator's tests of the chart.
  @Test
  void showsShellCommandsThatAreRunSomewhere() throws IOException {
    List<String> shown =
        BLOCK
            .matcher(readme())
            .results()
            .filter(block -> block.group(1) != null)
            .flatMap(block -> block.group(2).lines())
            .toList();

    assertThat(shown)
        .containsExactly(
            "./weir demo",
            "mvn verify",
            "docker compose --profile core up -d",
            "helm install weir charts/weir --namespace weir-system --create-namespace");
    assertThat(Files.readString(Path.of("../.ci/run")))
        .contains("./weir demo --for=", "mvn -B -ntp verify");
  }

  private static String readme() throws IOException {
    return Files.readString(Path.of("../README.md"));
  }
}
