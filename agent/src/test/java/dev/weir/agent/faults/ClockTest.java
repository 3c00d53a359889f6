package dev.weir.agent.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.agent.faults.kit.Findings;
import dev.weir.agent.faults.kit.Scene;
import dev.weir.agent.faults.kit.Verdict;
import dev.weir.agent.sandbox.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// An agent whose clock jumps.
@Tag("faults")
@Timeout(300)
class ClockTest {
  private static final List<Path> LIBRARIES =
      List.of(
          Path.of("/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1"),
          Path.of("/usr/lib/aarch64-linux-gnu/faketime/libfaketimeMT.so.1"));

  @TempDir Path directory;

  /// F13: an hour forth and back, also while Loki is away and retries wait.
  @Test
  void goesOnAsBeforeWhenTheClockJumps() throws IOException {
    Path library =
        LIBRARIES.stream()
            .filter(Files::exists)
            .findFirst()
            .orElseThrow(
                () -> new IllegalStateException("this case needs the package libfaketime"));
    try (var scene = new Scene(directory)) {
      jump("+0");
      scene
          .agent()
          .environment("LD_PRELOAD", library.toString())
          .environment("FAKETIME_TIMESTAMP_FILE", clock().toString())
          .environment("FAKETIME_NO_CACHE", "1")
          .environment("FAKETIME_DONT_FAKE_MONOTONIC", "1");
      scene.load("a1", 300);
      scene.agent().start();
      scene.awaitProgress(300);
      for (String offset : List.of("+3600", "-3600", "+0")) {
        jump(offset);
        scene.awaitProgress(300);
        long before = scene.sink().faults().applied();
        scene.sink().faults().always(new Fault.Status(503));
        await()
            .atMost(Duration.ofSeconds(60))
            .until(() -> scene.sink().faults().applied() > before + 1);
        jump(offset.equals("-3600") ? "+3600" : "-3600");
        scene.sink().faults().clear();
        scene.awaitProgress(300);
      }

      assertThat(scene.agent().output().lines().map(line -> line.replaceFirst("T(..).*", "$1")))
          .as("it saw the jumps")
          .hasSizeGreaterThan(1);
      Verdict verdict = scene.settle().awaitAndCheck(scene.sink());
      Findings.note("F13", verdict, "jumps=6");
      verdict.assertEveryLineOnce().assertNothingRepeated();
    }
  }

  private Path clock() {
    return directory.resolve("clock");
  }

  private void jump(String offset) throws IOException {
    Path fresh = Files.writeString(directory.resolve("clock.new"), offset + "\n");
    Files.move(fresh, clock(), StandardCopyOption.ATOMIC_MOVE);
  }
}
