package dev.weir.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.agent.Agent;
import dev.weir.agent.AgentOptions;
import dev.weir.agent.component.Stability;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `weir tap` at an agent that follows a file.
class TapCommandTest {
  @TempDir private Path directory;
  private Path log = Path.of("");
  private Agent agent = new Agent(options(Path.of("")));

  @BeforeEach
  void start() throws Exception {
    log = Files.createFile(directory.resolve("a.log"));
    Path file =
        Files.writeString(
            directory.resolve("config.river"),
            """
            loki.source.file "logs" {
              targets    = [{__path__ = "%s", job = "test"}]
              forward_to = [loki.echo.sink.receiver]
            }
            loki.echo "sink" { }
            """
                .formatted(log));
    agent = new Agent(options(file));
    agent.start();
  }

  @AfterEach
  void stop() throws Exception {
    agent.stop();
  }

  @Test
  void printsTimeLabelsAndLineWithoutControlCharacters() throws Exception {
    CommandLineRun run = tapWhile("a \u001b[31mred\u001b[0m\tline", "--limit=1");

    assertThat(run.status()).isZero();
    assertThat(run.out())
        .matches(
            "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{9}Z \\{filename=\".*a\\.log\","
                + " job=\"test\"} a \\\\x1b\\[31mred\\\\x1b\\[0m\tline\n");
    assertThat(run.err()).isEqualTo("weir tap: end: as many lines as asked for\n");
  }

  @Test
  void printsObjectsForPrograms() throws Exception {
    CommandLineRun run = tapWhile("line", "-n", "1", "-o", "json");

    assertThat(run.out()).startsWith("{\"timestamp\":\"").endsWith("\"line\":\"line\"}\n");
  }

  @Test
  void printsLinesAlone() throws Exception {
    CommandLineRun run =
        tapWhile("wanted", "-n", "1", "--output=raw", "--selector={job=\"test\"} |= \"want\"");

    assertThat(run.out()).isEqualTo("wanted\n");
  }

  @Test
  void namesWhatCanBeTapped() {
    assertThat(CommandLineRun.of("tap", "--server=" + server()).out())
        .isEqualTo("loki.source.file.logs\n");
  }

  @Test
  void saysWhatIsWrong() throws Exception {
    assertThat(CommandLineRun.of("tap", "-s", server(), "loki.echo.sink"))
        .isEqualTo(
            new CommandLineRun(
                1,
                "",
                "Error: component \"loki.echo.sink\" passes no lines on to other components; these"
                    + " can be tapped: loki.source.file.logs\n"));
    assertThat(CommandLineRun.of("tap", "-s", server(), "-l", "{x", "loki.source.file.logs").err())
        .startsWith("Error: invalid selector {x");
    int closed;
    try (var socket = new ServerSocket(0)) {
      closed = socket.getLocalPort();
    }
    assertThat(CommandLineRun.of("tap", "-s", "127.0.0.1:" + closed, "loki.echo.sink").err())
        .startsWith("Error: no agent answers on http://127.0.0.1:" + closed + " (--server says");
  }

  /// Taps while the same line is written again and again.
  private CommandLineRun tapWhile(String line, String... options) {
    String[] arguments = new String[options.length + 4];
    arguments[0] = "tap";
    arguments[1] = "--server";
    arguments[2] = server();
    System.arraycopy(options, 0, arguments, 3, options.length);
    arguments[arguments.length - 1] = "loki.source.file.logs";
    CompletableFuture<CommandLineRun> run =
        CompletableFuture.supplyAsync(() -> CommandLineRun.of(arguments));
    await()
        .pollInterval(Duration.ofMillis(20))
        .until(() -> {
          append(line);
          return run.isDone();
        });
    return run.join();
  }

  private void append(String line) throws IOException {
    Files.writeString(log, line + "\n", StandardOpenOption.APPEND);
  }

  private String server() {
    return "http://127.0.0.1:" + agent.address().getPort();
  }

  private AgentOptions options(Path file) {
    return new AgentOptions(
        file,
        new InetSocketAddress("127.0.0.1", 0),
        null,
        file.resolveSibling("data"),
        Stability.GENERALLY_AVAILABLE,
        "0.1.0",
        Duration.ofSeconds(1));
  }
}
