package dev.weir.agent.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.agent.faults.kit.AgentProcess;
import dev.weir.agent.faults.kit.Findings;
import dev.weir.agent.faults.kit.Scene;
import dev.weir.agent.faults.kit.Seed;
import dev.weir.agent.faults.kit.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// An agent whose state on disk is not what it should be.
@Timeout(600)
class StateTest {
  private static final int PER_SECOND = 300;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final String UNSAVED = "positions cannot be saved";

  @TempDir Path directory;

  /// F09: the file is cut somewhere, then both generations are.
  @Test
  @Tag("faults-short")
  void losesNothingWhenPositionsAreCutOff() throws IOException {
    RandomGenerator random = Seed.random("F09");
    try (var scene = new Scene(directory)) {
      scene.load("91", PER_SECOND);
      scene.agent().start();
      Path positions = scene.agent().state().resolve("loki.source.docker.containers/positions.yml");
      Path previous = positions.resolveSibling("positions.yml.previous");
      for (boolean both : new boolean[] {false, true}) {
        scene.awaitProgress(PER_SECOND);
        await().atMost(PATIENCE).until(() -> Files.exists(previous));
        scene.agent().kill();
        cut(positions, random);
        if (both) {
          cut(previous, random);
        }
        scene.agent().start();
        await().atMost(PATIENCE).until(() -> scene.agent().output().contains("damaged"));
      }

      Verdict verdict = scene.settle().awaitAndCheck(scene.sink());
      Findings.note("F09", verdict, "cuts=3");
      verdict.assertEveryLineOnce();
      assertThat(verdict.repeated()).as("without positions all is read again").isPositive();
    }
  }

  private static void cut(Path file, RandomGenerator random) throws IOException {
    byte[] content = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(content, random.nextInt(content.length)));
  }

  /// F08: a power loss takes back what was written last; what is found is the state of a moment
  /// before, in any mixture of its files.
  @Test
  @Tag("faults")
  void losesNothingWhenItFindsItsStateOfAMomentBefore() throws IOException {
    RandomGenerator random = Seed.random("F08");
    try (var scene = new Scene(directory)) {
      scene.load("81", PER_SECOND);
      scene.agent().start();
      Path state = scene.agent().state().resolve("loki.source.docker.containers");
      for (int i = 0; i < 2; i++) {
        scene.awaitProgress(1 + random.nextInt(PER_SECOND));
        Map<Path, byte[]> before = contents(state);
        scene.awaitProgress(2 * PER_SECOND);
        scene.agent().kill();
        for (Map.Entry<Path, byte[]> file : before.entrySet()) {
          if (random.nextBoolean()) {
            Files.write(file.getKey(), file.getValue());
          }
        }
        scene.agent().start();
      }

      Verdict verdict = scene.settle().awaitAndCheck(scene.sink());
      Findings.note("F08", verdict, "kills=2");
      verdict.assertEveryLineOnce();
    }
  }

  /// As another process may read them: none is torn, as each is replaced whole.
  private static Map<Path, byte[]> contents(Path directory) throws IOException {
    Map<Path, byte[]> contents = new TreeMap<>();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        try {
          contents.put(file, Files.readAllBytes(file));
        } catch (NoSuchFileException replaced) {
          // It was there only on its way to its name.
        }
      }
    }
    return contents;
  }

  /// F10, as any user can have it: the directory is gone for a while.
  @Test
  @Tag("faults-short")
  void deliversOnWhileItsDirectoryIsGoneAndSavesOnceItIsBack() throws IOException {
    try (var scene = new Scene(directory)) {
      scene.load("71", PER_SECOND);
      scene.agent().start();
      scene.awaitProgress(PER_SECOND);
      Path state = scene.agent().state();
      Path away = directory.resolve("away");
      Files.move(state, away);
      await().atMost(PATIENCE).until(() -> components(scene).contains(UNSAVED));
      scene.awaitProgress(PER_SECOND);
      Files.move(away, state);
      await().atMost(PATIENCE).until(() -> !components(scene).contains(UNSAVED));
      scene.agent().stop();
      scene.agent().start();

      Verdict verdict = scene.settle().awaitAndCheck(scene.sink());
      Findings.note("F10", verdict, "directory gone and back");
      verdict.assertEveryLineOnce().assertNothingRepeated();
    }
  }

  private static String components(Scene scene) {
    return scene.agent().get("/api/v0/web/components");
  }

  /// F12.
  @Test
  @Tag("faults")
  void leavesTheStateToTheAgentThatHasIt() {
    try (var scene = new Scene(directory);
        var second = AgentProcess.in(directory.resolve("second"))) {
      scene.load("92", PER_SECOND);
      scene.agent().start();
      scene.awaitProgress(PER_SECOND);

      Path positions = scene.agent().state().resolve("loki.source.docker.containers/positions.yml");
      second.configure(
          scene.source("positions_path = \"" + positions + "\"")
              + scene.process("")
              + scene.write(""));
      second.start();
      await().atMost(PATIENCE).until(() -> second.output().contains("in use by another"));
      scene.awaitProgress(PER_SECOND);
      second.stop();

      Verdict verdict = scene.settle().awaitAndCheck(scene.sink());
      Findings.note("F12", verdict, "");
      verdict.assertEveryLineOnce().assertNothingRepeated();
    }
  }
}
