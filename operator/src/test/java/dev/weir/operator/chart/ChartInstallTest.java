package dev.weir.operator.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The README's command, as far as Helm goes without a cluster: it writes what it remembers of a
/// release in a form that the tests' API server does not read.
class ChartInstallTest {
  private static final String README_COMMAND =
      "helm install weir charts/weir --namespace weir-system --create-namespace";

  @BeforeEach
  void requireHelm() {
    Tool.require("helm");
  }

  @Test
  void installsAsTheReadmeSaysAndTellsWhatComesNext() throws Exception {
    assertThat(Files.readString(Tool.TOP.resolve("README.md"))).contains(README_COMMAND);

    String output = install();

    assertThat(output)
        .contains("kind: Deployment")
        .contains("operator weir-operator in namespace weir-system")
        .contains("helm test weir --namespace weir-system")
        .contains("--serviceaccount=weir-system:weir-operator");
  }

  @Test
  void saysWhatIsMissingWhereNoClassIsMade() throws Exception {
    assertThat(install("--set", "defaultClass.create=false"))
        .contains("There is no class `default`")
        .doesNotContain("kind: LogAgentClass");
  }

  private static String install(String... more) throws Exception {
    var command = new ArrayList<>(List.of(README_COMMAND.split(" ", -1)));
    command.add("--dry-run=client");
    command.addAll(List.of(more));
    Tool.Result result = Tool.run(command);
    assertThat(result.status()).as(result.output() + result.errors()).isZero();
    return result.output();
  }
}
