package dev.weir.agent.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.agent.faults.kit.DockerScene;
import dev.weir.agent.faults.kit.Findings;
import dev.weir.agent.faults.kit.OwnDockerd;
import dev.weir.agent.testkit.DockerEngine;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// An Engine that is stopped, started again, or hangs, while an agent collects its containers.
@Tag("faults")
@Timeout(600)
class DockerdTest {
  private static final String MINUTE =
      "for i in $(seq 0 59); do cat /lines.$i; sleep 0.5; done; sleep 600";
  private static final int FILES = 60;

  @TempDir Path directory;

  /// F21.
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void neitherSkipsNorRepeatsWhenDockerdIsRestarted(boolean liveRestore) {
    try (var dockerd = new OwnDockerd(directory.resolve("d"), liveRestore).start();
        DockerEngine engine = DockerEngine.at(dockerd.address());
        var scene = new DockerScene(directory, engine, dockerd.address(), "auto")) {
      scene.start();
      String id = scene.create(scene.running("lives", MINUTE), FILES, 20);
      engine.client().startContainerCmd(id).exec();
      await().atMost(Duration.ofMinutes(1)).until(() -> !scene.arrived(id).isEmpty());
      dockerd.stop();
      await()
          .atMost(Duration.ofMinutes(1))
          .until(() -> scene.agent().output().contains("Docker Engine lost"));
      dockerd.start();
      scene.awaitConnection();
      awaitAnswer(engine);
      String after = scene.create(scene.running("after", "cat /lines.0"), 1, 50);
      engine.client().startContainerCmd(after).exec();
      engine.await(after);

      long lines = scene.awaitAll(after) + scene.awaitAll(id);
      Findings.note("F21", lines, scene.repeated(), "live-restore=" + liveRestore);
      assertThat(scene.repeated()).isZero();
    }
  }

  /// F22.
  @Test
  void goesOnWhenDockerdHasHung() {
    try (var dockerd = new OwnDockerd(directory.resolve("d"), false).start();
        DockerEngine engine = DockerEngine.at(dockerd.address());
        var scene = new DockerScene(directory, engine, dockerd.address(), "auto")) {
      scene.start();
      String id = scene.create(scene.running("hangs", MINUTE), FILES, 20);
      engine.client().startContainerCmd(id).exec();
      await().atMost(Duration.ofMinutes(1)).until(() -> !scene.arrived(id).isEmpty());
      dockerd.signal("STOP");
      // Long enough for requests of the agent to be given up.
      await()
          .pollDelay(Duration.ofMinutes(1))
          .atMost(Duration.ofSeconds(90))
          .until(() -> scene.agent().isAlive());
      dockerd.signal("CONT");
      String after = scene.create(scene.running("after", "cat /lines.0"), 1, 50);
      engine.client().startContainerCmd(after).exec();
      engine.await(after);

      long lines = scene.awaitAll(after) + scene.awaitAll(id);
      Findings.note("F22", lines, scene.repeated(), "hung for 60 s");
      assertThat(scene.repeated()).isZero();
    }
  }

  /// Gives up connections of the test itself that the Engine before has closed.
  private static void awaitAnswer(DockerEngine engine) {
    await()
        .atMost(Duration.ofMinutes(1))
        .ignoreExceptions()
        .until(() -> engine.client().versionCmd().exec() != null);
  }
}
