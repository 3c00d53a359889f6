package dev.weir.agent.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.agent.testkit.TestRuntime;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is found before anything is evaluated.
class StructureTest {
  @TempDir private Path directory;
  private TestRuntime runtime;

  @BeforeEach
  void makeRuntime() {
    runtime = new TestRuntime(directory);
  }

  @AfterEach
  void stopRuntime() throws Exception {
    runtime.stop();
  }

  @Test
  void reportsEveryProblemOfAFileAtOnce() throws Exception {
    assertThat(
            failure(
                "setting = 1",
                "test.unknown \"a\" { }",
                "test.ticker { }",
                "test.unsettled \"a\" { }",
                "test.ticker \"twice\" { }",
                "test.ticker \"twice\" { }",
                "logging \"loud\" { }",
                "http { }"))
        .containsExactly(
            "main.river:1:1: unrecognized attribute setting",
            "main.river:2:1: cannot find the definition of component name \"test.unknown\"",
            "main.river:3:1: component \"test.ticker\" must have a label",
            "main.river:4:1: component \"test.unsettled\" is at stability level \"experimental\","
                + " which is below the minimum allowed stability level \"generally-available\". Use"
                + " --stability.level command-line flag to enable \"experimental\" features",
            "main.river:6:1: block test.ticker.twice already declared at main.river:5:1",
            "main.river:7:9: block \"logging\" does not support specifying labels",
            "main.river:8:1: \"http\" is not part of Weir: the agent's server has neither TLS nor"
                + " authentication; put a proxy in front of it, and say where it listens with"
                + " server { http { } }");
    assertThat(runtime.journal().events()).isEmpty();
  }

  @Test
  void reportsReferencesThatLeadNowhere() throws Exception {
    assertThat(
            failure(
                "test.passthrough \"a\" { input = test.passthrough.b.output }",
                "test.passthrough \"c\" { input = nothing }",
                "test.passthrough \"d\" { input = logging.level }"))
        .containsExactly(
            "main.river:1:32: component \"test.passthrough.b.output\" does not exist or is out of"
                + " scope",
            "main.river:2:32: component \"nothing\" does not exist or is out of scope",
            "main.river:3:32: component \"logging.level\" does not exist or is out of scope");
  }

  @Test
  void reportsCyclesAtEachMemberAndNotAtThoseWhoReferToOne() throws Exception {
    assertThat(
            failure(
                "test.passthrough \"a\" { input = test.passthrough.b.output }",
                "test.passthrough \"b\" { input = test.passthrough.a.output }",
                "test.passthrough \"c\" { input = test.passthrough.b.output }",
                "test.passthrough \"d\" { input = test.passthrough.d.output }"))
        .containsExactly(
            "main.river:4:32: cannot reference self",
            "main.river:1:1: cycle detected: test.passthrough.a, test.passthrough.b",
            "main.river:2:1: cycle detected: test.passthrough.a, test.passthrough.b");
  }

  @Test
  void reportsErrorsOfSyntaxAlone() throws Exception {
    assertThat(failure("test.unknown \"a\" { }", "= 1"))
        .containsExactly("main.river:2:1: expected identifier, got =");
  }

  @Test
  void readsEveryRiverFileOfADirectoryAsOneNamespace() throws Exception {
    Files.writeString(
        directory.resolve("b.alloy"), "test.passthrough \"b\" { input = test.ticker.a.value }");
    Files.writeString(directory.resolve("a.river"), "test.ticker \"a\" { }");
    Files.writeString(directory.resolve("notes.txt"), "not River");
    Files.createDirectory(directory.resolve("inner.river"));

    runtime.runtime().load(directory);

    assertThat(runtime.runtime().components())
        .extracting(ComponentInfo::localId)
        .containsExactly("test.passthrough.b", "test.ticker.a");
  }

  @Test
  void knowsTheStandardLibraryAndTheModulesPath() throws Exception {
    runtime.load("test.passthrough \"a\" { input = string.format(\"%s\", module_path) }");

    assertThat(runtime.info("test.passthrough.a").exports())
        .hasToString("Output[output=" + directory + "]");
  }

  @Test
  void checksWithoutMakingAnything() throws Exception {
    Path file = directory.resolve("checked.river");
    Files.writeString(
        file, "test.passthrough \"a\" { inptu = \"x\" }\ntest.passthrough \"b\" { }\n");

    var environment = runtime.environment();
    var problems = AgentRuntime.check(environment, Configuration.read(file));

    assertThat(problems)
        .extracting(problem -> problem.summary().replace(file.toString(), "f"))
        .contains(
            "f:1:24: unrecognized attribute name \"inptu\"; did you mean \"input\"?",
            "f:2:1: missing required attribute \"input\"");
    assertThat(runtime.journal().events()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "string.nope(\"x\")",
        "nope(\"x\")",
        "constants.nope",
        "string(\"x\")",
        "array.group_by([], \"k\", true)",
        "(array)[\"combine_maps\"]([], [], [])"
      })
  void checksFunctionsAsALoadDoes(String expression) throws Exception {
    String text = "test.passthrough \"a\" { input = " + expression + " }";

    assertThat(problems(text)).isEqualTo(failure(text));
  }

  @Test
  void warnsOfOldNamesOfFunctionsAndTakesThem() throws Exception {
    String text = "test.passthrough \"a\" { input = to_upper(\"x\") }";

    assertThat(problems(text))
        .containsExactly(
            "main.river:1:32: this stdlib function is deprecated; please refer to the documentation"
                + " for updated usage and alternatives");
    runtime.load(text);
    assertThat(runtime.info("test.passthrough.a").exports()).hasToString("Output[output=X]");
  }

  private List<String> problems(String text) throws Exception {
    Path file = Files.writeString(directory.resolve("checked.river"), text + "\n");
    return AgentRuntime.check(runtime.environment(), Configuration.read(file)).stream()
        .map(problem -> problem.summary().replace(file.toString(), "main.river"))
        .toList();
  }

  private List<String> failure(String... lines) throws Exception {
    return runtime.failureOf(() -> runtime.load(lines));
  }
}
