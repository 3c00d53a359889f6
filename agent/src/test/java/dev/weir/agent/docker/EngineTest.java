package dev.weir.agent.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import dev.weir.agent.testkit.DockerEngine;
import dev.weir.agent.testkit.NeedsDocker;
import dev.weir.agent.testkit.TestContainer;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@NeedsDocker
class EngineTest {
  @Test
  void tellsItsVersion(DockerEngine docker) throws Exception {
    Engine engine = Engine.at(docker.address(), null);

    assertThat(engine.version().version()).matches("[0-9.]+.*");
    assertThat(engine.version().api()).matches("[0-9.]+");
    assertThat(engine.version().time()).isAfter("2020-01-01T00:00:00Z");
  }

  @Test
  void listsAContainerWithItsNameLabelsAndState(DockerEngine docker) throws Exception {
    String id =
        docker.start(
            TestContainer.running("sleep 60").named("weir-list").label("com.example.a", "1"));

    Engine engine = Engine.at(docker.address(), null);

    List<Container> found = engine.containers(false, Map.of("name", List.of("weir-list")));
    assertThat(found).hasSize(1);
    Container container = found.getFirst();
    assertThat(container.id()).isEqualTo(id);
    assertThat(container.name()).isEqualTo("/weir-list");
    assertThat(container.running()).isTrue();
    assertThat(container.networkMode()).isEqualTo("none");
    assertThat(container.labels()).containsEntry("com.example.a", "1");
    assertThat(container.image()).startsWith(DockerEngine.IMAGE);
  }

  @Test
  void tellsWhereAContainersLogIs(DockerEngine docker) throws Exception {
    String id = docker.runToEnd(TestContainer.running("echo hello").logOption("max-size", "1m"));

    ContainerDetails details = Engine.at(docker.address(), null).container(id);

    assertThat(details.logDriver()).isEqualTo("json-file");
    assertThat(details.logOptions()).containsEntry("max-size", "1m");
    assertThat(details.logPath()).endsWith(id + "-json.log");
    assertThat(details.tty()).isFalse();
    assertThat(details.running()).isFalse();
    assertThat(details.finishedAt()).isAfter("2020-01-01T00:00:00Z");
  }

  @Test
  void saysThatThereIsNoSuchContainer(DockerEngine docker) {
    Engine engine = Engine.at(docker.address(), null);

    assertThatThrownBy(() -> engine.container("absent"))
        .isInstanceOfSatisfying(EngineException.class, e -> assertThat(e.notFound()).isTrue())
        .hasMessageContaining("No such container");
  }

  @Test
  void saysThatNobodyListens() {
    Engine engine = Engine.at("unix:///nowhere/docker.sock", null);

    assertThatThrownBy(engine::version)
        .isInstanceOfSatisfying(EngineException.class, e -> assertThat(e.answered()).isFalse())
        .hasMessageContaining("/nowhere/docker.sock");
  }

  @Test
  void readsALogAsTheEngineSendsIt(DockerEngine docker) throws Exception {
    String id = docker.runToEnd(TestContainer.running("echo one; echo two"));

    try (InputStream log = Engine.at(docker.address(), null).logs(id, 0, false)) {
      String text = new String(log.readAllBytes(), StandardCharsets.UTF_8);

      assertThat(text).contains("Z one\n").contains("Z two\n");
    }
  }

  @Test
  void carriesDockerJavasOwnClient(DockerEngine docker) throws Exception {
    String id = docker.start(TestContainer.running("sleep 60").named("weir-carried"));
    var config =
        DefaultDockerClientConfig.createDefaultConfigBuilder()
            .withDockerHost(docker.address())
            .build();
    var transport = new EngineTransport(EngineHost.parse(docker.address()), null);

    try (var client = DockerClientImpl.getInstance(config, transport)) {
      assertThat(client.listContainersCmd().withNameFilter(List.of("weir-carried")).exec())
          .extracting(com.github.dockerjava.api.model.Container::getId)
          .containsExactly(id);
      assertThat(client.inspectContainerCmd(id).exec().getName()).isEqualTo("/weir-carried");
    }
  }

  @Test
  void seesAContainerComeAndGo(DockerEngine docker) throws Exception {
    Engine engine = Engine.at(docker.address(), null);
    try (EventStream events = engine.events(0, List.of("destroy"))) {
      String id = docker.runToEnd(TestContainer.running("true").label("a", "b").removed());

      ContainerEvent event = events.next();
      while (!event.containerId().equals(id) || !event.action().equals("destroy")) {
        event = events.next();
      }
      assertThat(event.attributes()).containsEntry("a", "b");
      assertThat(event.nanos()).isPositive();
    }
  }
}
