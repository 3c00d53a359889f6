package dev.weir.operator.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.agent.Agent;
import dev.weir.agent.AgentOptions;
import dev.weir.agent.component.Stability;
import dev.weir.agent.logging.LogLevel;
import dev.weir.agent.pipelinedir.PipelineSettings;
import dev.weir.agent.sandbox.Sandbox;
import dev.weir.agent.sandbox.StoredEntry;
import dev.weir.operator.api.ClusterLogPipeline;
import dev.weir.operator.api.LogAgentClass;
import dev.weir.operator.manifest.Manifests;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a rendered pipeline does to lines: an agent runs it, and they are looked for in a Loki.
class RenderedLinesTest {
  private static final String LOKI = "loki: {url: \"URL\"}";

  @TempDir private Path directory;
  private Sandbox loki;
  private Agent agent;

  @BeforeEach
  void start() throws Exception {
    loki = Sandbox.start();
    Files.createDirectories(directory.resolve("pipelines"));
    Files.createDirectories(directory.resolve("logs"));
    agent = new Agent(options());
    agent.start();
  }

  @AfterEach
  void stop() throws Exception {
    agent.stop();
    loki.close();
  }

  @Test
  void findsTheSeverityOfJsonLinesWhateverTheyCallIt() throws IOException {
    run(
        "parse: {format: JSON, severity: {field: lvl}}",
        "",
        "- {name: main, " + LOKI + "}",
        "{\"lvl\":\"WARNING\",\"m\":1}",
        "{\"lvl\":\"crit\"}",
        "{\"lvl\":\"odd\"}",
        "no json");

    List<StoredEntry> entries = arrived(4);
    assertThat(entries)
        .extracting(entry -> entry.metadata().toString())
        .containsExactly("[level, warn]", "[level, fatal]", "[]", "[]");
    assertThat(entries).allMatch(entry -> !entry.labels().toString().contains("__weir"));
  }

  @Test
  void findsTheSeverityOfLogfmtLines() throws IOException {
    run(
        "parse: {format: Logfmt, severity: {}}",
        "",
        "- {name: main, " + LOKI + "}",
        "level=err msg=\"it broke\"",
        "level=info msg=fine");

    assertThat(arrived(2))
        .extracting(entry -> entry.metadata().toString())
        .containsExactly("[level, error]", "[level, info]");
  }

  @Test
  void joinsStackTraces() throws IOException {
    run(
        "parse: {multiline: {mode: Java, maxLines: 100, maxWait: 1s}}",
        "",
        "- {name: main, " + LOKI + "}",
        "2026-11-22 10:00:00 ERROR failed",
        "java.lang.IllegalStateException: boom",
        "\tat com.example.Shop.main(Shop.java:7)",
        "Caused by: java.io.IOException: gone",
        "\t... 12 more",
        "2026-11-22 10:00:01 INFO on");

    assertThat(arrived(2))
        .extracting(StoredEntry::line)
        .containsExactly(
            "2026-11-22 10:00:00 ERROR failed\n"
                + "java.lang.IllegalStateException: boom\n"
                + "\tat com.example.Shop.main(Shop.java:7)\n"
                + "Caused by: java.io.IOException: gone\n"
                + "\t... 12 more",
            "2026-11-22 10:00:01 INFO on");
  }

  @Test
  void dropsKeepsAndChangesWhatConditionsSay() throws IOException {
    run(
        "parse: {format: Logfmt, severity: {}}",
        """
          stages:
          - drop: {any: [{line: {contains: "GET /healthz"}}, {line: {regex: "^DEBUG"}}, {line: {longerThan: 1Ki}}]}
          - drop: {all: [{line: {contains: quiet}}, {severityAtLeast: error, not: true}]}
          - keep: {any: [{severityAtLeast: warn}, {line: {contains: audit}}]}
          - labels: {set: {audit: "yes"}}
            when: {all: [{line: {contains: audit}}]}
          - redact: {builtin: [email]}
            when: {any: [{line: {regex: "mail"}}]}
        """,
        "- {name: main, " + LOKI + "}",
        "level=error GET /healthz",
        "DEBUG level=error",
        "level=error " + "x".repeat(2000),
        "level=warn quiet",
        "level=error quiet",
        "level=info nothing",
        "level=info audit a@example.com",
        "level=warn mail to a@example.com");

    List<StoredEntry> entries = arrived(3);
    assertThat(entries.get(0).line()).isEqualTo("level=error quiet");
    assertThat(entries.get(1).line()).isEqualTo("level=info audit a@example.com");
    assertThat(entries.get(2).line())
        .startsWith("level=warn mail to ")
        .doesNotContain("a@example.com");
    assertThat(entries)
        .extracting(entry -> entry.labels().get("audit"))
        .containsExactly(null, "yes", null);
  }

  @Test
  void sendsToEachOutputWhatItsConditionSays() throws IOException {
    try (Sandbox alerts = Sandbox.start()) {
      run(
          "parse: {format: Logfmt, severity: {}}",
          "",
          "- {name: main, "
              + LOKI
              + "}\n  - {name: alerts, loki: {url: \""
              + alerts.pushUrl()
              + "\"}, when: {all: [{severityAtLeast: error}]}}",
          "level=info one",
          "level=error two",
          "level=fatal three");

      assertThat(arrived(3)).hasSize(3);
      await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(() ->
              assertThat(alerts.entries("ops", "{}"))
                  .extracting(StoredEntry::line)
                  .containsExactly("level=error two", "level=fatal three"));
    }
  }

  /// Runs a pipeline on a file with these lines.
  private void run(String parse, String stages, String outputs, String... lines)
      throws IOException {
    Files.writeString(directory.resolve("logs/a.log"), String.join("\n", lines) + "\n");
    String pipeline =
        """
        apiVersion: weir.dev/v1alpha1
        kind: ClusterLogPipeline
        metadata: {name: shop, uid: 0c6c-11}
        spec:
          input: {hostFiles: [{path: "%s/logs/*.log"}]}
          tenant: {mode: Static, value: ops}
          %s
        %s  outputs:
          %s
        """
            .formatted(directory, parse, stages, outputs)
            .replace("URL", loki.pushUrl().toString());
    String agents =
        """
        apiVersion: weir.dev/v1alpha1
        kind: LogAgentClass
        metadata: {name: default}
        spec:
          namespace: log-agents
          access: {hostPaths: ["%s"]}
          tenants: {namespaceSelector: {}, outputs: {deniedCIDRs: ["203.0.113.0/24"]}}
        """
            .formatted(directory);
    Rendered rendered =
        Renderer.render(
            RenderInput.of(
                Manifests.read(pipeline).of(ClusterLogPipeline.class).getFirst(),
                Manifests.read(agents).of(LogAgentClass.class).getFirst().getSpec(),
                Map.of()));
    assertThat(rendered.problems()).isEmpty();
    Files.writeString(directory.resolve("pipelines/cluster.shop.river"), rendered.text());
  }

  private List<StoredEntry> arrived(int count) {
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> assertThat(loki.entries("ops", "{}")).hasSize(count));
    return loki.entries("ops", "{}");
  }

  private AgentOptions options() {
    return new AgentOptions(
        null,
        new InetSocketAddress("127.0.0.1", 0),
        LogLevel.ERROR,
        directory.resolve("data"),
        Stability.GENERALLY_AVAILABLE,
        "0.1.0",
        Duration.ofSeconds(2),
        null,
        PipelineSettings.of(directory.resolve("pipelines")).withPoll(Duration.ofMillis(200)));
  }
}
