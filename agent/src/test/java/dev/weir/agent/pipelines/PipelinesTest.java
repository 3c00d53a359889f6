package dev.weir.agent.pipelines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.agent.Agent;
import dev.weir.agent.AgentOptions;
import dev.weir.agent.component.Stability;
import dev.weir.agent.logging.LogLevel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// Every folder of `pipelines` in one agent: its log is read from a file, and what arrives is
/// compared with what its folder expects.
class PipelinesTest {
  private static final List<String> FILES = List.of("config.river", "expected", "input.log");
  private static final Pattern READ =
      Pattern.compile("loki_source_file_read_lines_total\\{[^}]*/([^/}]*)\\.log\"[^}]*} ([0-9.]+)");

  @TempDir static Path directory;
  private static final List<Pipeline> ALL = new ArrayList<>();
  private static String metrics = "";

  @BeforeAll
  static void run() throws Exception {
    for (Path folder : folders()) {
      var pipeline = new Pipeline(folder);
      ALL.add(pipeline);
      pipeline.install(directory);
    }
    var agent = new Agent(options());
    agent.start();
    try {
      await().atMost(Duration.ofSeconds(60)).until(() -> haveRead(scrape(agent)));
      metrics = scrape(agent);
    } finally {
      agent.stop();
    }
  }

  @AfterAll
  static void close() throws IOException {
    for (Pipeline pipeline : ALL) {
      pipeline.sandbox().close();
    }
    ALL.clear();
  }

  @TestFactory
  Stream<DynamicTest> pipelines() {
    return ALL.stream()
        .map(pipeline ->
            DynamicTest.dynamicTest(
                pipeline.name(),
                () -> assertThat(pipeline.seen(metrics)).isEqualTo(pipeline.expected())));
  }

  @Test
  void areFortyOfThreeFilesEach() throws Exception {
    assertThat(folders()).hasSizeGreaterThanOrEqualTo(40);
    for (Path folder : folders()) {
      try (Stream<Path> files = Files.list(folder)) {
        assertThat(files.map(file -> file.getFileName().toString()).sorted().toList())
            .as(folder.toString())
            .isEqualTo(FILES);
      }
    }
  }

  private static List<Path> folders() throws Exception {
    var url = PipelinesTest.class.getResource("/pipelines");
    assertThat(url).isNotNull();
    try (Stream<Path> all = Files.list(Path.of(url.toURI()))) {
      return all.filter(Files::isDirectory).sorted().toList();
    }
  }

  private static AgentOptions options() {
    return new AgentOptions(
        directory,
        new InetSocketAddress("127.0.0.1", 0),
        LogLevel.ERROR,
        directory.resolve("data"),
        Stability.GENERALLY_AVAILABLE,
        "0.1.0",
        Duration.ofSeconds(10));
  }

  private static String scrape(Agent agent) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + agent.address().getPort() + "/metrics");
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();
    }
  }

  private static boolean haveRead(String scraped) throws IOException {
    long missing = 0;
    for (Pipeline pipeline : ALL) {
      missing += pipeline.lines();
    }
    Matcher matcher = READ.matcher(scraped);
    while (matcher.find()) {
      missing -= (long) Double.parseDouble(matcher.group(2));
    }
    return missing == 0;
  }
}
