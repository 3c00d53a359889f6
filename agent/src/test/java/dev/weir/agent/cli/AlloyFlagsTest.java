package dev.weir.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Flags that are written for Alloy.
class AlloyFlagsTest {
  @TempDir private Path directory;

  @Test
  void takesThoseThatAskForNothing() throws Exception {
    assertThat(
            validate(
                    "--cluster.enabled=false",
                    "--cluster.join-addresses=",
                    "--server.http.enable-pprof",
                    "--server.http.ui-path-prefix=/",
                    "--config.format=alloy",
                    "--feature.community-components.enabled",
                    "--disable-reporting")
                .status())
        .isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--cluster.enabled",
        "--cluster.enabled=true",
        "--server.http.ui-path-prefix=/alloy/",
        "--config.format=promtail",
        "--feature.component-shutdown-deadline=1h"
      })
  void refusesThoseThatAskForWhatThereIsNot(String flag) throws Exception {
    CommandLineRun run = validate(flag);

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err())
        .startsWith("Error: " + flag.replaceFirst("=.*", "") + "=")
        .contains(" is not part of Weir: ");
  }

  @Test
  void leavesThemOutOfTheHelp() {
    assertThat(CommandLineRun.of("run", "--help").out())
        .contains("--storage.path")
        .doesNotContain("--cluster");
  }

  private CommandLineRun validate(String... flags) throws Exception {
    Path file = Files.writeString(directory.resolve("config.river"), "loki.echo \"x\" { }\n");
    String[] arguments = new String[flags.length + 2];
    arguments[0] = "validate";
    arguments[1] = file.toString();
    System.arraycopy(flags, 0, arguments, 2, flags.length);
    return CommandLineRun.of(arguments);
  }
}
