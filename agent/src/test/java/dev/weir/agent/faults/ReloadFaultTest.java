package dev.weir.agent.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.agent.faults.kit.Findings;
import dev.weir.agent.faults.kit.Scene;
import dev.weir.agent.faults.kit.Seed;
import dev.weir.agent.faults.kit.Verdict;
import java.nio.file.Path;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// An agent whose configuration changes while it works.
@Tag("faults-short")
@Timeout(600)
class ReloadFaultTest {
  private static final int PER_SECOND = 300;

  @TempDir Path directory;

  /// F14.
  @Test
  void neitherSkipsNorRepeatsWhenLabelsStagesOrSourceChange() {
    try (var scene = new Scene(directory)) {
      String write = scene.write("");
      String source = scene.source("");
      String process = scene.process("");
      Verdict verdict =
          reloaded(
              scene,
              List.of(
                  source.replace("job = \"docker\"", "job = \"other\"") + process + write,
                  source
                      + scene.process("stage.static_labels {\n values = {zone = \"a\"}\n }")
                      + write,
                  scene.source("refresh_interval = \"30s\"") + process + write,
                  source + process + write));
      verdict.assertEveryLineOnce().assertNothingRepeated();
    }
  }

  /// F14: what the old endpoint still has and what the new one gets may arrive side by side.
  @Test
  void neitherSkipsNorRepeatsWhenTheEndpointChanges() {
    try (var scene = new Scene(directory)) {
      String before = scene.source("") + scene.process("");
      Verdict verdict =
          reloaded(
              scene,
              List.of(
                  before + scene.write("batch_size = \"64KiB\""),
                  before + scene.write("headers = {\"X-Fault\" = \"14\"}"),
                  before + scene.write("")));
      verdict.assertEveryLineOnceInAnyOrder();
    }
  }

  private static Verdict reloaded(Scene scene, List<String> configurations) {
    RandomGenerator random = Seed.random("F14");
    scene.load("f1", PER_SECOND);
    scene.load("f2", PER_SECOND);
    scene.agent().start();
    for (int i = 0; i < 3 * configurations.size(); i++) {
      scene.awaitProgress(1 + random.nextInt(PER_SECOND));
      scene.agent().configure(configurations.get(i % configurations.size()));
      assertThat(scene.agent().reload()).isEqualTo(200);
    }

    Verdict verdict = scene.settle().awaitAndCheck(scene.sink());
    long seen =
        scene.sink().arrivedAfter(-1).stream().map(entry -> entry.labels()).distinct().count();
    Findings.note("F14", verdict, "reloads=" + 3 * configurations.size() + " label sets=" + seen);
    return verdict;
  }

  /// F15.
  @Test
  void goesOnWithWhatItHasWhenTheNewConfigurationIsInvalid() {
    try (var scene = new Scene(directory)) {
      scene.load("f3", PER_SECOND);
      scene.agent().start();
      scene.awaitProgress(PER_SECOND);

      scene.agent().configure(scene.source("read_from = \"nowhere\"") + scene.process(""));
      assertThat(scene.agent().reload()).isEqualTo(400);
      scene.agent().configure("loki.write {");
      assertThat(scene.agent().reload()).isEqualTo(400);
      scene.awaitProgress(PER_SECOND);

      Verdict verdict = scene.settle().awaitAndCheck(scene.sink());
      Findings.note("F15", verdict, "refused=2");
      verdict.assertEveryLineOnce().assertNothingRepeated();
      assertThat(scene.agent().metric("alloy_config_last_load_successful")).isZero();
    }
  }
}
