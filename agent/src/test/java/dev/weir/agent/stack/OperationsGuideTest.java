package dev.weir.agent.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.agent.river.Parser;
import dev.weir.agent.river.Printer;
import dev.weir.agent.river.SourceFile;
import dev.weir.agent.sandbox.Sandbox;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What the operations guide shows works as printed.
class OperationsGuideTest {
  private static final String GUIDE = "docs/operations.md";
  private static final String LOKI = "http://localhost:3100";

  static List<GuideBlock> blocks() throws IOException {
    return GuideBlock.of(Repository.text(GUIDE));
  }

  static Stream<GuideBlock> riverBlocks() throws IOException {
    return blocks().stream().filter(block -> block.language().equals("river"));
  }

  static Stream<GuideBlock> lokiBlocks() throws IOException {
    return blocks().stream().filter(block -> block.needs().equals("loki"));
  }

  @Test
  void saysWhatEveryCommandNeeds() throws IOException {
    for (GuideBlock block : blocks()) {
      if (block.language().equals("bash")) {
        assertThat(block.needs()).as(block.toString()).isIn("compose", "agent", "loki", "promtool");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("riverBlocks")
  void showsRiverAsItIsFormatted(GuideBlock block) throws Exception {
    assertThat(Printer.print(Parser.parse(SourceFile.of(GUIDE, block.text()))))
        .isEqualTo(block.text() + "\n");
  }

  @Test
  void formatsTheConfiguration() throws Exception {
    String text = Repository.text("config/alloy/config.river");

    assertThat(Printer.print(Parser.parse(SourceFile.of("config.river", text)))).isEqualTo(text);
  }

  @ParameterizedTest
  @MethodSource("lokiBlocks")
  void asksLokiInWaysThatItAnswers(GuideBlock block) throws Exception {
    Tool.require("curl");
    Tool.require("jq");
    try (var sandbox = Sandbox.start()) {
      push(sandbox.pushUrl());

      for (String command : block.commands()) {
        String local = command.replace(LOKI, sandbox.url().toString());
        Tool.Result result =
            Tool.run(Repository.TOP, List.of("bash", "-e", "-o", "pipefail", "-c", local));

        assertThat(result.status()).as(command + "\n" + result.output()).isZero();
        assertThat(result.output().strip()).as(command).isNotEmpty().isNotEqualTo("0");
      }
    }
  }

  /// Those that need the agent, Loki or Compose run on the stack of [ImageTest].
  @Test
  void testsTheAlarmsAsShown() throws Exception {
    Tool.require("promtool");
    for (GuideBlock block : blocks()) {
      if (block.needs().equals("promtool")) {
        Tool.Result result = Tool.run(Repository.TOP, List.of("bash", "-e", "-c", block.text()));

        assertThat(result.status()).as(result.output()).isZero();
      }
    }
  }

  @Test
  void changesTheCommandOfComposeByTheFlagAlone() throws IOException {
    List<String> shown =
        blocks().stream()
            .filter(block -> block.language().equals("yaml"))
            .flatMap(block -> block.text().lines())
            .map(String::strip)
            .toList();

    assertThat(shown).hasSize(5).startsWith("command:").endsWith("- \"--log.level=debug\"");
    assertThat(Repository.text("compose.yaml").lines().map(String::strip))
        .containsSubsequence(shown.subList(0, 4));
  }

  private static void push(URI url) throws IOException, InterruptedException {
    long now = TimeUnit.MILLISECONDS.toNanos(Clock.systemUTC().millis());
    String body =
        """
        {"streams":[{"stream":{"job":"docker","container":"grafana","compose_service":"grafana",
        "stream":"stderr"},"values":[["%d","level=error msg=\\"an error\\""]]}]}\
        """
            .formatted(now);
    try (var http = HttpClient.newHttpClient()) {
      var request =
          HttpRequest.newBuilder(url)
              .header("Content-Type", "application/json")
              .POST(HttpRequest.BodyPublishers.ofString(body))
              .build();
      assertThat(http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
          .isEqualTo(204);
    }
  }

  @Test
  void namesFilesThatExist() throws IOException {
    Matcher path = Pattern.compile("`(config/[a-z./_-]+)`").matcher(Repository.text(GUIDE));

    while (path.find()) {
      assertThat(Files.exists(Repository.TOP.resolve(path.group(1)))).as(path.group(1)).isTrue();
    }
  }
}
