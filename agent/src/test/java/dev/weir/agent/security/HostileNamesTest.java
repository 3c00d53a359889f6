package dev.weir.agent.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.agent.Agent;
import dev.weir.agent.AgentOptions;
import dev.weir.agent.component.Stability;
import dev.weir.agent.logging.LogLevel;
import dev.weir.agent.logging.Logging;
import dev.weir.agent.sandbox.Sandbox;
import dev.weir.agent.sandbox.StoredEntry;
import java.io.ByteArrayOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Names and labels that were chosen by whoever writes the logs: they become no path, no series, no
/// line of our log and no header of their own. Other agents have written files where a tag said,
/// run over the end of a buffer with a long container name, and let a newline in a key route
/// records.
class HostileNamesTest {
  private static final List<String> NAMES =
      List.of(
          "a\nts=2026-01-01T00:00:00Z level=error msg=forged\nb",
          "a\"} 1\nforged_metric{a=\"b",
          "quote\"back\\slash{brace}",
          "\u202eright to left\u2066",
          "..%2f..%2f..%2fetc%2fpasswd",
          "${sys.env(\"HOME\")} {{ .Entry }} $(id) `id`",
          "line\u2028separator\u0085next\u001b[31mred",
          "x".repeat(200),
          "tenant\r\nX-Forged: 1");

  private static final Pattern SERIES =
      Pattern.compile(
          "(?:# (?:HELP|TYPE|UNIT) [a-zA-Z_:][a-zA-Z0-9_:]* .*|# EOF|[a-zA-Z_:][a-zA-Z0-9_:]*"
              + "(?:\\{(?:[a-zA-Z_][a-zA-Z0-9_]*=\"(?:[^\"\\\\\n]|\\\\[\\\\\"n])*\",?)*\\})? \\S+)");

  @TempDir private Path directory;
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();
  private final LogLevel before = Logging.level();

  @BeforeEach
  void listenToTheLog() {
    Logging.output(log);
    Logging.level(LogLevel.DEBUG);
  }

  @AfterEach
  void giveTheLogBack() {
    Logging.output(new FileOutputStream(FileDescriptor.err));
    Logging.level(before);
  }

  @Test
  void staysWhatItIs() throws Exception {
    Path logs = Files.createDirectories(directory.resolve("logs"));
    var mapper = new ObjectMapper();
    for (String name : NAMES) {
      String line = mapper.writeValueAsString(Map.of("name", name, "tenant", name));
      Files.writeString(logs.resolve(name + ".log"), line + "\n");
    }
    try (Sandbox loki = Sandbox.start();
        HttpClient client = HttpClient.newHttpClient()) {
      Path config = Files.writeString(directory.resolve("config.river"), config(logs, loki));
      var agent = new Agent(options(config));
      agent.start();
      try {
        await()
            .atMost(Duration.ofSeconds(60))
            .untilAsserted(() -> assertThat(entries(loki)).hasSize(2 * NAMES.size()));
        assertLabelsAsTheyWere(loki, logs);
        String metrics = get(client, agent, "/metrics");
        // Nothing but a line feed ends a series.
        assertThat(metrics.split("\n", -1))
            .allMatch(line -> line.isEmpty() || SERIES.matcher(line).matches())
            .noneMatch(line -> line.startsWith("forged"));
        assertThat(metrics).contains("loki_process_custom_names_total");
        String source = get(client, agent, "/api/v0/web/components/loki.source.file.all");
        assertThat(mapper.readTree(source).path("localID").asText())
            .isEqualTo("loki.source.file.all");
      } finally {
        agent.stop();
      }
    }
    assertThat(log.toString(StandardCharsets.UTF_8).lines())
        .isNotEmpty()
        .allMatch(line -> line.startsWith("ts=20") && line.contains(" level="))
        .noneMatch(line -> line.startsWith("ts=2026-01-01T00:00:00Z"))
        .noneMatch(line -> line.codePoints().anyMatch(HostileNamesTest::isUnseen));
    assertNoFileIsNamedSo();
  }

  private static boolean isUnseen(int character) {
    return Character.isISOControl(character)
        || Character.getType(character) == Character.FORMAT
        || character == 0x2028
        || character == 0x2029;
  }

  /// Every file's name is the label as it is, and once the value made of the line as well; a tenant
  /// never ends its header.
  private void assertLabelsAsTheyWere(Sandbox loki, Path logs) {
    List<StoredEntry> entries = entries(loki);
    for (String name : NAMES) {
      assertThat(entries)
          .filteredOn(entry -> name.equals(entry.labels().get("name")))
          .isNotEmpty()
          .allMatch(entry ->
              logs.resolve(name + ".log").toString().equals(entry.labels().get("filename")));
    }
    assertThat(loki.tenants())
        .allMatch(tenant -> tenant.chars().allMatch(c -> c >= ' ' && c <= '~'));
  }

  private static List<StoredEntry> entries(Sandbox loki) {
    return loki.tenants().stream().flatMap(tenant -> entries(loki, tenant)).toList();
  }

  private static Stream<StoredEntry> entries(Sandbox loki, String tenant) {
    return (tenant.equals("fake") ? loki.entries("{}") : loki.entries(tenant, "{}")).stream();
  }

  private void assertNoFileIsNamedSo() throws IOException {
    try (Stream<Path> files = Files.walk(directory.resolve("data"))) {
      assertThat(files.map(file -> String.valueOf(file.getFileName())))
          .allMatch(name -> name.matches("[A-Za-z0-9._-]+"));
    }
  }

  private static String config(Path logs, Sandbox loki) {
    return """
    loki.source.file "all" {
      targets    = [{ __path__ = "%s/*.log" }]
      forward_to = [loki.write.plain.receiver, loki.process.names.receiver]
      file_match {
        enabled = true
      }
    }
    loki.process "names" {
      forward_to = [loki.write.tenants.receiver]
      stage.json {
        expressions = { name = "", tenant = "" }
      }
      stage.labels {
        values = { name = "" }
      }
      stage.tenant {
        source = "tenant"
      }
      stage.metrics {
        metric.counter {
          name   = "names_total"
          action = "inc"
          match_all = true
        }
      }
    }
    loki.write "plain" {
      endpoint {
        url = "%s"
      }
    }
    loki.write "tenants" {
      endpoint {
        url = "%s"
      }
    }
    """
        .formatted(logs, loki.pushUrl(), loki.pushUrl());
  }

  private AgentOptions options(Path config) {
    return new AgentOptions(
        config,
        new InetSocketAddress("127.0.0.1", 0),
        null,
        directory.resolve("data"),
        Stability.EXPERIMENTAL,
        "0.1.0",
        Duration.ofSeconds(5));
  }

  private static String get(HttpClient client, Agent agent, String path) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + agent.address().getPort() + path);
    return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();
  }
}
