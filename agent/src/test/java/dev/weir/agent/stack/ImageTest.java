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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The image, built from the Dockerfile and run as compose runs it, with the sandbox in Loki's
/// place.
///
/// A mock stands for nothing here but Loki: the Engine, the containers and their logs are real.
@NeedsDocker
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class ImageTest {
  private static final String NETWORK = "weir-image-test";
  private static final String ALLOY = "weir-image-test-alloy";
  private static final String LOKI = "weir-image-test-loki";
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @TempDir private Path state;
  private DockerCli docker = new DockerCli("");

  @BeforeEach
  @Timeout(value = 15, unit = TimeUnit.MINUTES)
  void build(DockerEngine engine) throws IOException, InterruptedException {
    docker = new DockerCli(engine.address());
    removeAll();
    makeBaseImages(engine.address());
    docker.run("build", "--file", "agent/Dockerfile", "--tag", "weir:0.1.0", ".");
    docker.run("network", "create", NETWORK);
  }

  @AfterEach
  void removeAll() throws IOException, InterruptedException {
    docker.attempt(List.of("rm", "--force", ALLOY, LOKI));
    docker.attempt(List.of("network", "rm", NETWORK));
  }

  @Test
  void collectsRealContainersAsComposeRunsIt(DockerEngine engine) throws Exception {
    startLoki();
    startAlloy(engine);
    String shop =
        engine.start(
            TestContainer.running("echo to-stdout; echo to-stderr >&2; sleep 300")
                .named("weir-image-test-shop")
                .label("com.docker.compose.service", "shop")
                .label("com.docker.compose.project", "demo"));

    awaitLine("{compose_service=\"shop\", job=\"docker\"}", "to-stdout");
    awaitLine("{job=\"docker\", stream=\"stderr\"}", "to-stderr");
    awaitLine("{container_name=\"weir-image-test-shop\"}", "to-stdout");
    awaitLine("{container_id=\"" + shop + "\", compose_project=\"demo\"}", "to-stdout");
    awaitHealthy();
    answersWhatTheGuideAsks();
    keepsItsStateWhereComposeMountsIt();
  }

  private void answersWhatTheGuideAsks() throws Exception {
    assertThat(docker.run("exec", ALLOY, "alloy", "eval", "/etc/alloy/config.river")).isEmpty();
    assertThat(docker.run("exec", ALLOY, "alloy", "eval", "config.river")).isEmpty();
    assertThat(docker.run("exec", ALLOY, "weir", "version")).contains("weir, version v0.1.0");
    assertThat(docker.run("exec", ALLOY, "curl", "-v", "http://loki:3100/ready"))
        .contains("200 OK");
    assertThat(docker.run("exec", ALLOY, "ls", "-la", "/var/run/docker.sock")).startsWith("srw");
    assertThat(docker.run("exec", ALLOY, "curl", "-s", "http://localhost:12345/metrics"))
        .contains("loki_source_docker_targets_active")
        .containsPattern("scrape.*bytes")
        .contains("loki_write_sent_entries_total")
        .contains("alloy_build_info");
  }

  private void keepsItsStateWhereComposeMountsIt() throws Exception {
    docker.run("stop", "--time", "30", ALLOY);

    assertThat(docker.run("inspect", "--format", "{{.State.ExitCode}}", ALLOY)).isEqualTo("0");
    assertThat(state.resolve("positions.yaml")).isNotEmptyFile();
  }

  private void awaitHealthy() {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() ->
            assertThat(docker.run("inspect", "--format", "{{.State.Health.Status}}", ALLOY))
                .isEqualTo("healthy"));
  }

  private void awaitLine(String query, String line) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() ->
            assertThat(
                    docker.run(
                        "exec",
                        LOKI,
                        "curl",
                        "-sG",
                        "http://127.0.0.1:3100/loki/api/v1/query_range",
                        "--data-urlencode",
                        "query=" + query))
                .contains(line));
  }

  private void startLoki() throws IOException, InterruptedException {
    docker.run(
        "run",
        "--detach",
        "--name",
        LOKI,
        "--network",
        NETWORK,
        "--network-alias",
        "loki",
        "weir:0.1.0",
        "sandbox",
        "--listen-addr=0.0.0.0:3100");
  }

  private void startAlloy(DockerEngine engine) throws IOException, InterruptedException {
    ComposeService service = ComposeService.of("alloy");
    String root = docker.run("info", "--format", "{{.DockerRootDir}}");
    String socket = engine.address().replace("unix://", "");
    List<String> run =
        new ArrayList<>(List.of("run", "--detach", "--name", ALLOY, "--network", NETWORK));
    run.addAll(List.of("--health-interval", "1s"));
    run.addAll(service.options(mount -> mount(mount, socket, root)));
    run.add(service.image());
    run.addAll(service.command());
    docker.run(run.toArray(String[]::new));
  }

  private String mount(String mount, String socket, String root) {
    return switch (mount) {
      case "./config/alloy:/etc/alloy:ro" ->
          Repository.TOP.resolve("config/alloy") + ":/etc/alloy:ro";
      case "./data/alloy:/var/lib/alloy" -> state + ":/var/lib/alloy";
      case "/var/run/docker.sock:/var/run/docker.sock:ro" -> socket + ":/var/run/docker.sock:ro";
      // The Engine of the tests keeps its data elsewhere, and names files by where it keeps them.
      case "/var/lib/docker/containers:/var/lib/docker/containers:ro" ->
          root + "/containers:" + root + "/containers:ro";
      default ->
          throw new IllegalArgumentException("a mount that this test does not know: " + mount);
    };
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
