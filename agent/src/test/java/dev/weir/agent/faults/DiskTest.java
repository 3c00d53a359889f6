package dev.weir.agent.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.agent.faults.kit.Findings;
import dev.weir.agent.faults.kit.Scene;
import dev.weir.agent.faults.kit.TinyDisk;
import dev.weir.agent.faults.kit.Verdict;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// An agent whose directory of state cannot be written to.
@Tag("faults")
@Timeout(600)
class DiskTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String UNSAVED = "positions cannot be saved";

  @TempDir Path directory;

  /// F10, no space left.
  @Test
  void deliversOnAFullDiskAndSavesOnceThereIsRoom() {
    deliversOn("full", TinyDisk::fill, TinyDisk::free);
  }

  /// F10, read-only.
  @Test
  void deliversOnAReadOnlyDiskAndSavesOnceItIsNot() {
    deliversOn("read-only", disk -> disk.protect(true), disk -> disk.protect(false));
  }

  private interface Action {
    void on(TinyDisk disk);
  }

  private void deliversOn(String what, Action harm, Action heal) {
    try (var disk = TinyDisk.at(directory.resolve("state"));
        var scene = new Scene(directory)) {
      scene.load("a1", 300);
      scene.agent().start();
      scene.awaitProgress(300);
      harm.on(disk);
      await().atMost(PATIENCE).until(() -> scene.agent().output().contains(UNSAVED));
      scene.awaitProgress(900);
      await()
          .atMost(PATIENCE)
          .until(() -> scene.agent().get("/api/v0/web/components").contains(UNSAVED));
      heal.on(disk);
      await()
          .atMost(PATIENCE)
          .until(() -> !scene.agent().get("/api/v0/web/components").contains(UNSAVED));
      scene.agent().kill();
      scene.agent().start();

      Verdict verdict = scene.settle().awaitAndCheck(scene.sink());
      Findings.note("F10", verdict, what);
      verdict.assertEveryLineOnce();
      assertThat(verdict.repeated())
          .as("it went on behind what it saved")
          .isLessThan(verdict.owed());
    }
  }
}
