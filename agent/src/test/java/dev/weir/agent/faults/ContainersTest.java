package dev.weir.agent.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.agent.faults.kit.DockerScene;
import dev.weir.agent.faults.kit.Findings;
import dev.weir.agent.sandbox.Fault;
import dev.weir.agent.testkit.DockerEngine;
import dev.weir.agent.testkit.NeedsDocker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What befalls containers of a real Engine while an agent collects them.
@NeedsDocker
@Timeout(600)
class ContainersTest {
  private static final String SLOWLY = "for i in $(seq 0 9); do cat /lines.$i; sleep 0.1; done";

  @TempDir Path directory;

  /// F16 and F17: restarted while it writes, stopped, started. Each run says other lines.
  @Test
  @Tag("faults-short")
  void neitherSkipsNorRepeatsWhenAContainerIsRestartedStoppedAndStarted(DockerEngine docker) {
    try (var scene = scene(docker, "auto")) {
      scene.start();
      String script =
          "n=$(cat /run 2>/dev/null || echo 0); echo $((n+1)) >/run;"
              + " for i in 0 1 2 3; do cat /lines.$((4*n+i)); sleep 0.1; done; sleep 600";
      String id = scene.create(scene.running("restarted", script), 12, 200);
      docker.client().startContainerCmd(id).exec();
      await().atMost(Duration.ofMinutes(1)).until(() -> !scene.arrived(id).isEmpty());
      docker.client().restartContainerCmd(id).withTimeout(0).exec();
      scene.awaitAll(id);
      docker.client().stopContainerCmd(id).withTimeout(0).exec();
      scene.awaitAll(id);
      docker.client().startContainerCmd(id).exec();
      docker.client().stopContainerCmd(id).withTimeout(2).exec();

      long lines = scene.awaitAll(id);
      note("F16", lines, scene, "restarted, stopped, started");
      assertThat(scene.repeated()).isZero();
    }
  }

  /// F25: a fast stream and a slow one, and a kill between.
  @Test
  @Tag("faults-short")
  void completesBothStreamsOfDifferentSpeedAfterAKill(DockerEngine docker) {
    try (var scene = scene(docker, "auto")) {
      scene.start();
      String script =
          "(for i in 0 1 2 3 4; do cat /lines.$i; done) >&2 &"
              + " for i in 5 6 7 8 9; do head -40 /lines.$i; sleep 0.3; done; wait";
      String id = scene.create(scene.running("two-streams", script), 10, 400);
      docker.client().startContainerCmd(id).exec();
      await().atMost(Duration.ofMinutes(1)).until(() -> !scene.arrived(id).isEmpty());
      scene.agent().kill();
      scene.start();
      docker.await(id);

      note("F25", scene.awaitAll(id), scene, "kills=1");
    }
  }

  /// F27: every length class, and a kill in between.
  @Test
  @Tag("faults-short")
  void joinsLinesOfEveryLengthFromFiles(DockerEngine docker) {
    joinsLinesOfEveryLength(docker, "files");
  }

  /// F27 and F24 over the API.
  @Test
  @Tag("faults")
  void joinsLinesOfEveryLengthOverTheApi(DockerEngine docker) {
    joinsLinesOfEveryLength(docker, "api");
  }

  private void joinsLinesOfEveryLength(DockerEngine docker, String readFrom) {
    try (var scene = scene(docker, readFrom)) {
      scene.start();
      String id = scene.create(scene.running("lengths", SLOWLY), 10, 200);
      docker.client().startContainerCmd(id).exec();
      await().atMost(Duration.ofMinutes(1)).until(() -> !scene.arrived(id).isEmpty());
      scene.agent().kill();
      scene.start();
      docker.await(id);

      note("F27", scene.awaitAll(id), scene, readFrom + ", kills=1");
    }
  }

  /// F28: the last word of a container that is killed.
  @Test
  @Tag("faults-short")
  void sendsHalfALineOnceWhenItsContainerIsKilled(DockerEngine docker) {
    try (var scene = scene(docker, "auto")) {
      scene.start();
      String id = docker.start(scene.running("half", "echo whole; printf half; sleep 600"));
      docker.client().killContainerCmd(id).exec();
      docker.await(id);

      long lines = scene.awaitAll(id);
      note("F28", lines, scene, "");
      assertThat(scene.arrived(id)).isEqualTo(Map.of("stdout", List.of("whole", "half")));
    }
  }

  /// F36: the same name, another id, other labels.
  @Test
  @Tag("faults-short")
  void tellsAContainerFromItsSuccessorOfTheSameName(DockerEngine docker) {
    try (var scene = scene(docker, "auto")) {
      scene.start();
      String first = scene.create(scene.running("again", SLOWLY).label("round", "1"), 10, 100);
      docker.client().startContainerCmd(first).exec();
      docker.await(first);
      long before = scene.awaitAll(first);
      docker.remove(first);
      String second = scene.create(scene.running("again", SLOWLY).label("round", "2"), 10, 100);
      docker.client().startContainerCmd(second).exec();
      docker.await(second);

      note("F36", before + scene.awaitAll(second), scene, "made anew=1");
      assertThat(scene.repeated()).isZero();
      assertThat(scene.sink().count("{container_id=\"%s\", round=\"1\"}".formatted(first)))
          .isEqualTo(before);
      assertThat(scene.sink().count("{container_id=\"%s\", round=\"1\"}".formatted(second)))
          .isZero();
    }
  }

  /// F20: a container that lived while Loki was down, of which nothing could be confirmed.
  @ParameterizedTest
  @Tag("faults-short")
  @ValueSource(strings = {"files", "api"})
  void readsAContainerAgainThatEndedUnconfirmedBeforeTheAgentDid(
      String readFrom, DockerEngine docker) {
    try (var scene = scene(docker, readFrom)) {
      scene.start();
      String known = scene.create(scene.running("known", SLOWLY), 10, 10);
      docker.client().startContainerCmd(known).exec();
      docker.await(known);
      scene.awaitAll(known);
      scene.sink().faults().always(new Fault.Status(503));
      long before = scene.sink().faults().applied();
      String id = scene.create(scene.running("unconfirmed", SLOWLY), 10, 10);
      docker.client().startContainerCmd(id).exec();
      docker.await(id);
      await().atMost(Duration.ofMinutes(1)).until(() -> scene.sink().faults().applied() > before);
      scene.agent().stop();
      scene.sink().faults().clear();
      scene.start();

      note("F20", scene.awaitAll(id), scene, readFrom + ", never confirmed before");
    }
  }

  private DockerScene scene(DockerEngine docker, String readFrom) {
    return new DockerScene(directory, docker, docker.address(), readFrom);
  }

  private static void note(String number, long lines, DockerScene scene, String more) {
    Findings.note(number, lines, scene.repeated(), more);
  }
}
