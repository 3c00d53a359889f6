package dev.weir.agent.discovery.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.weir.agent.component.ComponentException;
import dev.weir.agent.component.Health;
import dev.weir.agent.discovery.docker.DiscoveryDocker.Arguments;
import dev.weir.agent.discovery.docker.DiscoveryDocker.Exports;
import dev.weir.agent.testkit.CollectingReceiver;
import dev.weir.agent.testkit.DockerEngine;
import dev.weir.agent.testkit.NeedsDocker;
import dev.weir.agent.testkit.RiverArguments;
import dev.weir.agent.testkit.RunningComponent;
import dev.weir.agent.testkit.TestContainer;
import dev.weir.agent.testkit.TestContext;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiscoveryDockerTest {
  @TempDir Path storage;
  private TestContext context;

  @BeforeEach
  void makeContext() {
    context = new TestContext("discovery.docker.test", storage);
  }

  @Test
  void hasTheDefaultsOfAlloy() {
    Arguments arguments = arguments("host = \"unix:///var/run/docker.sock\"");

    assertThat(arguments.port()).isEqualTo(80);
    assertThat(arguments.hostNetworkingHost()).isEqualTo("localhost");
    assertThat(arguments.refreshInterval()).isEqualTo(Duration.ofMinutes(1));
    assertThat(arguments.matchFirstNetwork()).isTrue();
    assertThat(arguments.filters()).isEmpty();
  }

  @Test
  void refusesAHostThatIsNone() {
    assertThatThrownBy(() -> new DiscoveryDocker(arguments("host = \"ftp://a\""), context))
        .isInstanceOf(ComponentException.class)
        .hasMessageContaining("unable to parse docker host");
  }

  @Test
  void publishesNoTargetsBeforeTheEngineAnswers() throws Exception {
    var component =
        new DiscoveryDocker(arguments("host = \"unix:///nowhere/docker.sock\""), context);

    try (var _ = new RunningComponent(component)) {
      await()
          .until(() ->
              component
                  .health()
                  .filter(health -> health.state() == Health.State.UNHEALTHY)
                  .isPresent());
      assertThat(context.published()).containsExactly(new Exports(List.of()));
      assertThat(component.health().orElseThrow().message()).contains("/nowhere/docker.sock");
    }
  }

  @Test
  @NeedsDocker
  void seesContainersComeAndGoWithoutWaitingForTheInterval(DockerEngine docker) throws Exception {
    String filter = "filter {\nname = \"label\"\nvalues = [\"weir-discovery\"]\n}";
    var component =
        new DiscoveryDocker(
            arguments(
                "host = \"%s\"\nrefresh_interval = \"1h\"\n%s".formatted(docker.address(), filter)),
            context);
    String first = docker.start(TestContainer.running("sleep 60").label("weir-discovery", "yes"));

    try (var _ = new RunningComponent(component)) {
      awaitContainers(first);
      String second =
          docker.start(TestContainer.running("sleep 60").label("weir-discovery", "yes"));
      awaitContainers(first, second);
      docker.remove(first);
      awaitContainers(second);
      assertThat(targets().getFirst())
          .containsEntry("__meta_docker_container_label_weir_discovery", "yes")
          .containsEntry("__meta_docker_network_name", "none");
    }
  }

  private void awaitContainers(String... ids) {
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() ->
            assertThat(targets())
                .extracting(target -> target.get("__meta_docker_container_id"))
                .containsExactlyInAnyOrder(ids));
  }

  private List<Map<String, String>> targets() {
    return ((Exports) context.published().getLast()).targets();
  }

  private static Arguments arguments(String body) {
    return RiverArguments.decode(body, Arguments.class, new CollectingReceiver());
  }
}
