package dev.weir.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestCommandTest {
  private static final String PIPELINE =
      """
      discovery.docker "all" { host = "unix:///nowhere" }
      loki.source.docker "all" {
        host       = "unix:///nowhere"
        targets    = discovery.docker.all.targets
        forward_to = [loki.process.shop.receiver]
      }
      loki.process "shop" {
        stage.multiline { firstline = "^level" }
        stage.regex { expression = "level=(?P<level>\\\\w+)" }
        stage.labels { values = { level = "" } }
        stage.drop {
          source = "level"
          value  = "debug"
        }
        forward_to = [loki.write.main.receiver, loki.write.copy.receiver]
      }
      loki.write "main" {
        endpoint { url = "http://127.0.0.1:1/loki/api/v1/push" }
        external_labels = { cluster = "eu" }
      }
      loki.write "copy" {
        endpoint { url = "http://127.0.0.1:1/loki/api/v1/push" }
      }
      """;

  @TempDir private Path directory;

  @BeforeEach
  void pipeline() throws IOException {
    Files.writeString(directory.resolve("config.river"), PIPELINE);
  }

  @Test
  void passesWhenThePipelineDoesWhatIsExpected() throws IOException {
    CommandLineRun run =
        test(
            """
            config: config.river
            tests:
              - name: levels become labels
                to: loki.process.shop
                at: loki.write.main
                input:
                  - {line: level=debug a}
                  - line: level=error b
                    labels: {job: shop}
                    time: 2026-01-31T12:00:00.5Z
                    structured_metadata: {trace: t1}
                  - {line: "  at c", labels: {job: shop}}
                expect:
                  - line: "level=error b\\n  at c"
                    labels: {job: shop, level: error, cluster: eu}
                    time: 2026-01-31T12:00:00.5Z
                    structured_metadata: {trace: t1}
              - name: debug lines are dropped
                to: loki.process.shop
                at: loki.write.copy
                input:
                  - {line: level=debug a}
                count: 0
            """);

    assertThat(run)
        .isEqualTo(
            new CommandLineRun(
                0,
                "ok    levels become labels\nok    debug lines are dropped\n2 tests, 0 failed\n",
                ""));
  }

  @Test
  void showsWhatDiffersInColourAndFails() throws IOException {
    CommandLineRun run =
        test(
            """
            config: config.river
            tests:
              - name: wrong
                to: loki.process.shop
                at: loki.write.copy
                input:
                  - {line: level=a 1, time: 2026-01-31T12:00:00Z}
                  - {line: level=b 2, time: 2026-01-31T12:00:00Z}
                expect:
                  - {line: level=a 1}
                  - {line: level=c 3, labels: {level: c}}
            """,
            "--color=true");

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.out())
        .isEqualTo(
            """
            FAIL  wrong
                    line: "level=a 1", labels: {level="a"}, time: 2026-01-31T12:00:00Z
            \u001b[31m      - line: "level=c 3", labels: {level="c"}\u001b[0m
            \u001b[32m      + line: "level=b 2", labels: {level="b"}, time: 2026-01-31T12:00:00Z\u001b[0m
            1 test, 1 failed
            """);
  }

  @Test
  void tellsHowManyEntriesCameInsteadOfTheirNumber() throws IOException {
    CommandLineRun run =
        test(
            """
            config: config.river
            tests:
              - {name: n, to: loki.process.shop, input: [{line: level=a}], count: 3}
            """);

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.out()).contains("- 3 entries", "+ 2 entries");
  }

  @Test
  void namesTheComponentsThatTakeEntries() throws IOException {
    CommandLineRun run =
        test(
            """
            config: config.river
            tests:
              - {name: n, to: loki.process.ship, input: [{line: a}], count: 1}
            """);

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err())
        .isEqualTo(
            "Error: no component loki.process.ship takes entries; those that do:"
                + " loki.process.shop, loki.write.copy, loki.write.main\n");
  }

  @Test
  void namesThePlaceOfAMistakeInTheFile() throws IOException {
    CommandLineRun run =
        test(
            """
            config: config.river
            tests:
              - name: n
                to: x
                input: [{line: a}]
                expect: []
                expects: 1
            """);

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).endsWith("tests.yaml: tests[0].expects: unknown field\n");
  }

  @Test
  void namesTheLineOfWhatIsNoYaml() throws IOException {
    CommandLineRun run = test("config: c\ntests: [\n");

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).contains("tests.yaml:2: ");
  }

  @Test
  void wantsExactlyOneKindOfExpectation() throws IOException {
    CommandLineRun run = test("config: c\ntests:\n  - {name: n, to: x, input: [{line: a}]}\n");

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).contains("test \"n\": give either expect or count");
  }

  @Test
  void showsWhatIsWrongWithTheConfiguration() throws IOException {
    Files.writeString(directory.resolve("config.river"), "loki.process \"a\" { colour = 1 }");

    CommandLineRun run =
        test(
            """
            config: config.river
            tests:
              - {name: n, to: loki.process.a, input: [{line: a}], count: 1}
            """);

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).contains("config.river:1:", "colour");
  }

  private CommandLineRun test(String tests, String... options) throws IOException {
    Path file = Files.writeString(directory.resolve("tests.yaml"), tests);
    String[] arguments = new String[options.length + 2];
    arguments[0] = "test";
    System.arraycopy(options, 0, arguments, 1, options.length);
    arguments[options.length + 1] = file.toString();
    return CommandLineRun.of(arguments);
  }
}
