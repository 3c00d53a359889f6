package dev.weir.operator.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.agent.logging.LogFormat;
import dev.weir.agent.logging.LogLevel;
import dev.weir.operator.reconcile.Leadership;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RunOptionsTest {
  private static RunSettings read(Map<String, String> environment, String... arguments) {
    return RunSettings.of(GivenOptions.ofPlainLine(environment, arguments).orElseThrow());
  }

  private static Leadership leadership(RunSettings run) {
    return Objects.requireNonNull(run.leadership());
  }

  @Test
  void defaultsHoldWhereNothingIsSaid() {
    RunSettings run = read(Map.of(), "run");

    assertThat(run.httpPort()).isEqualTo(8080);
    assertThat(run.logLevel()).isEqualTo(LogLevel.INFO);
    assertThat(run.logFormat()).isEqualTo(LogFormat.LOGFMT);
    assertThat(run.settings().watchNamespaces()).isEmpty();
    assertThat(run.settings().agentNamespaces()).containsExactly("weir-agents");
    assertThat(leadership(run).namespace()).isEqualTo("default");
    assertThat(leadership(run).name()).isEqualTo("weir-operator");
  }

  @Test
  void theLineComesBeforeTheEnvironment() {
    Map<String, String> environment =
        Map.of(
            "WEIR_OPERATOR_HTTP_PORT", "1",
            "WEIR_OPERATOR_WATCH_NAMESPACES", "a, b",
            "POD_NAMESPACE", "weir-system",
            "POD_NAME", "op-1");

    RunSettings run = read(environment, "run", "--http-port=2", "--agent-namespaces=x,y");

    assertThat(run.httpPort()).isEqualTo(2);
    assertThat(run.settings().watchNamespaces()).containsExactlyInAnyOrder("a", "b");
    assertThat(run.settings().agentNamespaces()).containsExactlyInAnyOrder("x", "y");
    assertThat(leadership(run).namespace()).isEqualTo("weir-system");
    assertThat(leadership(run).identity()).isEqualTo("op-1");
  }

  @Test
  void aLeaseMayLieElsewhereOrNowhere() {
    assertThat(leadership(read(Map.of(), "run", "--lease-namespace=kube-system")).namespace())
        .isEqualTo("kube-system");
    assertThat(read(Map.of(), "run", "--leader-election=false").leadership()).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --http-port=x           | --http-port=x: it is no number
          --http-port=70000       | --http-port=70000: it is no port
          --leader-election=maybe | --leader-election=maybe: it must be true or false
          --log-level=loud        | --log-level=loud: unrecognized log level "loud"
          --log-format=xml        | --log-format=xml: unrecognized log format "xml"
          """)
  void refusesWrongValues(String argument, String message) {
    assertThatThrownBy(() -> read(Map.of(), "run", argument)).hasMessage(message);
    assertThat(told("run", argument)).startsWith(message + "\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--help", "--http-port", "--other=1", "x"})
  void leavesWhatIsNotPlainToPicocli(String argument) {
    assertThat(GivenOptions.ofPlainLine(Map.of(), "run", argument)).isEmpty();
  }

  @Test
  void leavesRepeatedOptionsToPicocli() {
    assertThat(GivenOptions.ofPlainLine(Map.of(), "run", "--http-port=1", "--http-port=2"))
        .isEmpty();
    assertThat(told("run", "--http-port=1", "--http-port=2"))
        .contains("option '--http-port' (PORT) should be specified only once");
  }

  @Test
  void theHelpNamesEveryOptionItsDefaultAndTheEnvironment() {
    String help = told("run", "--help").replaceAll("\\s+", " ");

    for (RunOption option : RunOption.values()) {
      assertThat(help).contains(option.option() + "=" + option.label());
    }
    assertThat(help).contains("(default: weir-agents).", "WEIR_OPERATOR_AGENT_IMAGE");
  }

  /// What picocli prints for a line that starts nothing.
  private static String told(String... arguments) {
    var out = new StringWriter();
    var line = Main.commandLine(Map.of());
    line.setOut(new PrintWriter(out)).setErr(new PrintWriter(out));
    line.execute(arguments);
    return out.toString();
  }
}
