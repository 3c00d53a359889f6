package dev.weir.agent.cli;

import dev.weir.agent.Agent;
import dev.weir.agent.AgentOptions;
import dev.weir.agent.component.Stability;
import dev.weir.agent.logging.LogLevel;
import dev.weir.agent.pipelinetest.Outcome;
import dev.weir.agent.pipelinetest.Outcome.Kind;
import dev.weir.agent.pipelinetest.PipelineTest;
import dev.weir.agent.pipelinetest.TestFile;
import dev.weir.agent.river.DiagnosticsException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `weir test`: says whether a pipeline does what its tests say.
@Command(
    name = "test",
    description = "Test pipelines: lines go in, what would reach Loki is compared.",
    footer = {
      "",
      "A file of tests:",
      "  config: config.river            # relative to this file",
      "  tests:",
      "    - name: errors keep their level",
      "      to: loki.process.shop       # the component that gets the lines",
      "      input:",
      "        - line: level=error msg=\"no more tea\"",
      "          labels: {job: shop}     # optional, as are time and structured_metadata",
      "      expect:                     # or count: 1",
      "        - line: level=error msg=\"no more tea\"",
      "          labels: {job: shop, level: error}",
      "",
      "Sources do not run, and nothing is sent. Of an expected entry only what is given is",
      "compared. Exits with 1 when a test fails."
    },
    mixinStandardHelpOptions = true)
final class TestCommand implements Callable<Integer> {
  private static final Duration DRAIN = Duration.ofSeconds(5);
  private static final String RED = "\u001b[31m";
  private static final String GREEN = "\u001b[32m";
  private static final String PLAIN = "\u001b[0m";

  @Spec private CommandSpec spec;

  @Option(
      names = "--color",
      paramLabel = "WHEN",
      description = "Whether differences are coloured: true or false; on a terminal without it.")
  private @Nullable Boolean colour;

  @Option(
      names = "--stability.level",
      paramLabel = "LEVEL",
      converter = StabilityName.class,
      defaultValue = "generally-available",
      description =
          "Least stable components to allow: generally-available, public-preview, experimental.")
  private Stability stability = Stability.GENERALLY_AVAILABLE;

  @Parameters(index = "0..*", arity = "1..*", paramLabel = "FILE", description = "Files of tests.")
  private List<Path> files = List.of();

  private int failed;
  private int ran;

  @Override
  public Integer call() throws IOException, InterruptedException {
    for (Path file : files) {
      if (!run(file)) {
        return 1;
      }
    }
    print(ran + (ran == 1 ? " test, " : " tests, ") + failed + " failed");
    return failed == 0 ? 0 : 1;
  }

  /// False when a configuration cannot be used.
  private boolean run(Path file) throws IOException, InterruptedException {
    TestFile tests = TestFile.read(file);
    Path configuration = file.toAbsolutePath().resolveSibling(tests.config());
    Path scratch = Files.createTempDirectory("weir-test");
    try {
      for (TestFile.Case one : tests.tests()) {
        ran++;
        var environment = Agent.environment(options(configuration, scratch));
        show(new PipelineTest(environment, configuration).run(one));
      }
      return true;
    } catch (DiagnosticsException e) {
      Terminal.print(spec, e.diagnostics());
      return false;
    } finally {
      delete(scratch);
    }
  }

  private AgentOptions options(Path configuration, Path scratch) {
    return new AgentOptions(
        configuration, null, LogLevel.ERROR, scratch, stability, Release.VERSION, DRAIN);
  }

  private void show(Outcome outcome) {
    if (outcome.passed()) {
      print("ok    " + outcome.name());
      return;
    }
    failed++;
    print("FAIL  " + outcome.name());
    for (Outcome.Change change : outcome.difference()) {
      String line = "      " + change.kind().sign() + " " + change.text();
      print(coloured(change.kind(), line));
    }
  }

  private String coloured(Kind kind, String line) {
    boolean on = colour == null ? Ansi.AUTO.enabled() : colour;
    if (!on || kind == Kind.SAME) {
      return line;
    }
    return (kind == Kind.MISSING ? RED : GREEN) + line + PLAIN;
  }

  private void print(String line) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(line);
    out.flush();
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
