package dev.weir.agent.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.agent.logging.LogFormat;
import dev.weir.agent.logging.LogLevel;
import dev.weir.agent.logging.Logging;
import dev.weir.agent.testkit.TestRuntime;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigBlocksTest {
  @TempDir private Path directory;
  private TestRuntime runtime;

  @BeforeEach
  void makeRuntime() {
    runtime = new TestRuntime(directory);
  }

  @AfterEach
  void stopRuntime() throws Exception {
    runtime.stop();
    Logging.level(LogLevel.INFO);
    Logging.format(LogFormat.LOGFMT);
  }

  @Test
  void setsTheLogLevelAndBringsTheDefaultBackWhenTheBlockGoes() throws Exception {
    runtime.load("logging { level = \"error\" }");
    LogLevel configured = Logging.level();
    runtime.reload("// without the block");

    assertThat(configured).isEqualTo(LogLevel.ERROR);
    assertThat(Logging.level()).isEqualTo(LogLevel.INFO);
  }

  @Test
  void refusesWhatItCannotDo() throws Exception {
    assertThat(
            runtime.failureOf(() ->
                runtime.load(
                    "test.pipe \"a\" { }", "logging { write_to = [test.pipe.a.receiver] }")))
        .containsExactly(
            "main.river:2:1: Failed to evaluate node for config block: decoding configuration:"
                + " write_to is not supported by Weir yet");
    assertThat(runtime.failureOf(() -> runtime.load("logging { level = \"loud\" }")))
        .singleElement()
        .asString()
        .contains("unrecognized log level \"loud\"");
  }

  @Test
  void tellsWhereToListenAndWhenThatChanges() throws Exception {
    runtime.load("server {", "  http {", "    listen_port = 8080", "  }", "}");
    runtime.reload("// without the block");

    assertThat(runtime.listened())
        .containsExactly(
            new ServerArguments(new ServerArguments.Http("", 8080, TapAccess.LOOPBACK)),
            new ServerArguments(null));
  }

  @Test
  void refusesAPortThatIsNone() throws Exception {
    assertThat(
            runtime.failureOf(
                () -> runtime.load("server {", "  http {", "    listen_port = 70000", "  }", "}")))
        .singleElement()
        .asString()
        .contains("listen_port must be between 1 and 65535, got 70000");
  }
}
