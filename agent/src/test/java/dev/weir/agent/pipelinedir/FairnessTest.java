package dev.weir.agent.pipelinedir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.agent.pipelinedir.PipelineStatus.State;
import dev.weir.agent.sandbox.Fault;
import dev.weir.agent.sandbox.Sandbox;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the trouble of one pipeline means to the others: nothing.
class FairnessTest {
  private static final int MANY = 20_000;

  @TempDir Path directory;
  private PipelineFixture fixture;
  private Sandbox ill;

  @BeforeEach
  void open() throws Exception {
    fixture = new PipelineFixture(directory).with(settings -> settings.withMaxBuffer(1 << 20));
    ill = Sandbox.start();
  }

  @AfterEach
  void close() throws Exception {
    fixture.close();
    ill.close();
  }

  private static List<String> lines(String name, int count) {
    // Not to be compressed to nothing: each has digits of its own.
    return IntStream.range(0, count)
        .mapToObj(i -> name + " " + Integer.toHexString(i * 0x9E3779B9) + " line " + i)
        .toList();
  }

  private void append(String name, int count) throws Exception {
    fixture.append(name, lines(name, count).toArray(String[]::new));
  }

  @Test
  void siblingsOfIllDestinationsAreDelivered() throws Exception {
    int nobody;
    try (var socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress("127.0.0.1", 0));
      nobody = socket.getLocalPort();
    }
    ill.faults()
        .during(push ->
            push.tenant().equals("hangs") ? new Fault.NoAnswer() : new Fault.Status(401, "who?"));
    String hanging =
        fixture
            .pipeline("hangs", ill.pushUrl().toString(), "")
            .replace("endpoint {", "endpoint {\ntenant_id = \"hangs\"");
    fixture
        .volume()
        .put("_cluster.well.river", fixture.pipeline("well"))
        .put("_cluster.hangs.river", hanging)
        .put("_cluster.denied.river", fixture.pipeline("denied", ill.pushUrl().toString(), ""))
        .put(
            "_cluster.dead.river",
            fixture.pipeline("dead", "http://127.0.0.1:" + nobody + "/loki/api/v1/push", ""))
        .put("_cluster.broken.river", "pipeline { nonsense")
        .project();
    for (String name : List.of("hangs", "denied", "dead")) {
      append(name, MANY);
    }
    fixture.start();
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> fixture.told("denied").at("/outputs/0/lastError/code").asInt() == 401);

    append("well", MANY);

    fixture.awaitLines("well", lines("well", MANY));
    assertThat(fixture.told("dead").at("/outputs/0/lastError/code").asInt()).isZero();
    assertThat(fixture.told("denied").at("/outputs/0/sent/total").asLong()).isZero();
    assertThat(fixture.told("well").at("/outputs/0/sent/total").asLong()).isEqualTo(MANY);
    assertThat(fixture.told("well").at("/outputs/0/lastError").isNull()).isTrue();
    assertThat(fixture.agent().pipelines())
        .filteredOn(status -> status.state() == State.RUNNING)
        .hasSize(4);

    ill.faults().clear();
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () -> assertThat(ill.lines("{job=\"denied\"}")).isEqualTo(lines("denied", MANY)));
    JsonNode denied = fixture.told("denied").at("/outputs/0");
    assertThat(denied.path("lastSuccess").asText()).isNotEmpty();
    assertThat(denied.path("retries").asLong()).isPositive();
  }

  @Test
  void metricsOfPipelinesStandApart() throws Exception {
    fixture.append("a", "a1");
    fixture.volume().put("_cluster.a.river", fixture.pipeline("a")).project();
    fixture.start();
    fixture.awaitLines("a", List.of("a1"));

    assertThat(fixture.get("/metrics").body())
        .contains("weir_pipelines{state=\"running\"} 1.0")
        .contains("weir_pipelines_buffer_bytes")
        .doesNotContain("_cluster.a");
    assertThat(fixture.get("/metrics/pipelines").body())
        .containsPattern(
            "loki_write_sent_entries_total\\{component_id=\"loki.write.out_0\","
                + "component_path=\"/_cluster.a\",.*} 1\\.0");
  }

  @Test
  void tellsWhatItCanDo() throws Exception {
    fixture.append("a", "a1");
    fixture.volume().put("_cluster.a.river", fixture.pipeline("a")).project();
    fixture.start();

    assertThat(fixture.get("/api/v1/version").body())
        .contains("\"version\":\"0.1.0\"")
        .contains("\"pipelines.dir\"");
    assertThat(fixture.get("/api/v0/web/modules/_cluster.a/components").body())
        .contains("\"localID\":\"loki.write.out_0\"")
        .contains("\"moduleID\":\"_cluster.a\"");
    assertThat(fixture.get("/-/reload").body()).contains("_cluster.a.river: running");
    assertThat(fixture.get("/api/v1/pipelines?namespace=none").body()).contains("\"pipelines\":[]");
  }
}
