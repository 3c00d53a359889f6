package dev.weir.agent.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.agent.testkit.DockerEngine;
import dev.weir.agent.testkit.NeedsDocker;
import dev.weir.agent.testkit.TestContainer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The image, built from the Dockerfile and run by Compose, and every command of the operations
/// guide in its order, taken from the page.
///
/// The sandbox stands for Loki; the Engine, the containers and their logs are real.
@NeedsDocker
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class ImageTest {
  private static final String ALLOY = ComposeProject.PREFIX + "alloy";

  /// An agent that asks an API server, until it tells that there is none.
  private static final String ASKS_A_CLUSTER =
      """
      cd /tmp
      cat >k.river <<EOF
      discovery.kubernetes "pods" {
        role       = "pod"
        api_server = "http://127.0.0.1:1"
      }
      EOF
      weir run k.river --storage.path=/tmp/k --server.http.listen-addr=127.0.0.1:0 >k.log 2>&1 &
      until grep -q -e 'no answer' -e Error k.log; do kill -0 $! || break; done
      kill $!
      cat k.log
      """;

  private static final Duration PATIENCE = Duration.ofSeconds(90);

  /// Commands of the guide that have nothing to say when all is well.
  private static final Set<String> SILENT =
      Set.of(
          "docker exec alloy alloy eval /etc/alloy/config.river",
          "rm -f data/alloy/positions.yaml data/alloy/positions.yaml.previous",
          "curl -fsS http://localhost:12345/metrics > metrics.txt",
          "curl -fsS http://localhost:12345/api/v0/web/components > components.json");

  /// Commands of the guide that look for what is wrong, and may find nothing.
  private static final Set<String> SEARCHES =
      Set.of(
          "timeout 5 docker exec alloy alloy tap --selector='{compose_service=\"grafana\"} |="
              + " \"error\"' --limit=20 --output=json loki.source.docker.containers || true",
          "docker compose logs alloy | grep -iE \"docker|socket|permission\"",
          "docker compose logs --tail 50 alloy | grep -iE \"error|warn\"");

  @TempDir private Path directory;
  private DockerCli docker = new DockerCli("");

  @BeforeEach
  @Timeout(value = 15, unit = TimeUnit.MINUTES)
  void prepare(DockerEngine engine) throws IOException, InterruptedException {
    Tool.require("docker-compose");
    Tool.require("jq");
    docker = new DockerCli(engine.address());
    makeBaseImages(engine.address());
    String root = docker.run("info", "--format", "{{.DockerRootDir}}");
    String socket = engine.address().replace("unix://", "");
    new ComposeProject(directory, socket, root).write(DockerEngine.IMAGE);
  }

  @AfterEach
  void removeAll(DockerEngine engine) throws IOException, InterruptedException {
    Tool.Result result =
        new GuideShell(directory, engine.address())
            .run("docker compose --profile core down --volumes --timeout 1");
    assertThat(result.status()).as(result.output()).isZero();
  }

  @Test
  void collectsRealContainersAsTheGuideSays(DockerEngine engine) throws Exception {
    var shell = new GuideShell(directory, engine.address());
    List<GuideBlock> guide =
        OperationsGuideTest.blocks().stream()
            .filter(block -> Set.of("compose", "agent", "loki").contains(block.needs()))
            .toList();
    run(shell, guide.getFirst());
    mapPorts(shell);
    String shop =
        engine.start(
            TestContainer.running("echo to-stdout; echo an error to-stderr >&2; sleep 300")
                .named("weir-image-test-shop")
                .label("com.docker.compose.service", "grafana")
                .label("com.docker.compose.project", "demo"));

    awaitLine(shell, "{compose_service=\"grafana\", job=\"docker\"}", "to-stdout");
    awaitLine(shell, "{job=\"docker\", stream=\"stderr\"}", "to-stderr");
    awaitLine(shell, "{container_name=\"weir-image-test-shop\"}", "to-stdout");
    awaitLine(shell, "{container_id=\"" + shop + "\", compose_project=\"demo\"}", "to-stdout");
    isTheImage();
    for (GuideBlock block : guide.subList(1, guide.size())) {
      run(shell, block);
    }
    for (GuideBlock block : GuideBlock.of(Repository.text("README.md"))) {
      if (block.text().startsWith("docker compose")) {
        run(shell, block);
      }
    }
    keepsItsStateWhereComposeMountsIt();
  }

  private void run(GuideShell shell, GuideBlock block) throws Exception {
    if (!block.needs().equals("compose")) {
      awaitHealthy();
    }
    for (String command : block.commands()) {
      Tool.Result result = shell.run(command);
      String what = block + ": " + command + "\n" + result.output();
      if (SEARCHES.contains(command)) {
        assertThat(result.status()).as(what).isLessThan(2);
        continue;
      }
      assertThat(result.status()).as(what).isZero();
      if (SILENT.contains(command)) {
        assertThat(result.output()).as(what).isEmpty();
      } else {
        assertThat(result.output().strip()).as(what).isNotEmpty().isNotEqualTo("0");
      }
    }
    if (block.text().contains("docker compose --profile core up -d alloy")) {
      mapPorts(shell);
    }
  }

  /// The ports that the Engine has found; a container that is started again has others.
  private void mapPorts(GuideShell shell) throws Exception {
    shell.map("localhost:12345", docker.run("port", ALLOY, "12345"));
    shell.map("localhost:3100", docker.run("port", ComposeProject.PREFIX + "loki", "3100"));
  }

  private void isTheImage() throws Exception {
    assertThat(docker.run("exec", ALLOY, "alloy", "eval", "config.river")).isEmpty();
    assertThat(docker.run("exec", ALLOY, "weir", "version")).contains("weir, version v0.1.0");
    assertThat(docker.run("exec", ALLOY, "ls", "-la", "/var/run/docker.sock")).startsWith("srw");
    assertThat(docker.run("inspect", "--format", "{{.HostConfig.ReadonlyRootfs}}", ALLOY))
        .isEqualTo("true");
    assertThat(docker.run("exec", ALLOY, "curl", "-s", "http://localhost:12345/metrics"))
        .contains("loki_source_docker_targets_active")
        .containsPattern("scrape.*bytes")
        .contains("loki_write_sent_entries_total")
        .contains("alloy_build_info");
    assertThat(docker.run("exec", ALLOY, "sh", "-c", ASKS_A_CLUSTER))
        .contains("no answer of the Kubernetes API server")
        .doesNotContain("Error");
  }

  private void keepsItsStateWhereComposeMountsIt() throws Exception {
    docker.run("stop", "--time", "30", ALLOY);

    assertThat(docker.run("inspect", "--format", "{{.State.ExitCode}}", ALLOY)).isEqualTo("0");
    assertThat(directory.resolve("data/alloy/positions.yaml")).isNotEmptyFile();
  }

  private void awaitHealthy() {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() ->
            assertThat(docker.run("inspect", "--format", "{{.State.Health.Status}}", ALLOY))
                .isEqualTo("healthy"));
  }

  private static void awaitLine(GuideShell shell, String query, String line) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() ->
            assertThat(
                    shell
                        .run(
                            "curl -sG http://localhost:3100/loki/api/v1/query_range"
                                + " --data-urlencode 'query="
                                + query
                                + "'")
                        .output())
                .contains(line));
  }

  private static void makeBaseImages(String host) throws IOException, InterruptedException {
    var builder =
        new ProcessBuilder(Repository.TOP.resolve(".ci/base-images").toString(), host)
            .redirectErrorStream(true)
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
  }
}
