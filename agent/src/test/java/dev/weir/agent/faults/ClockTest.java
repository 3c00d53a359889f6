package dev.weir.agent.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.agent.faults.kit.ContainerLog;
import dev.weir.agent.faults.kit.Findings;
import dev.weir.agent.faults.kit.NumberedLines;
import dev.weir.agent.faults.kit.Scene;
import dev.weir.agent.faults.kit.Verdict;
import dev.weir.agent.sandbox.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// An agent whose clock jumps.
@Tag("faults")
@Timeout(600)
class ClockTest {
  private static final List<Path> LIBRARIES =
      List.of(
          Path.of("/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1"),
          Path.of("/usr/lib/aarch64-linux-gnu/faketime/libfaketimeMT.so.1"));

  @TempDir Path directory;

  /// An agent with a clock that the test sets.
  private Scene scene() throws IOException {
    Path library =
        LIBRARIES.stream()
            .filter(Files::exists)
            .findFirst()
            .orElseThrow(
                () -> new IllegalStateException("this case needs the package libfaketime"));
    jump("+0");
    var scene = new Scene(directory);
    scene
        .agent()
        .environment("LD_PRELOAD", library.toString())
        .environment("FAKETIME_TIMESTAMP_FILE", clock().toString())
        .environment("FAKETIME_NO_CACHE", "1")
        .environment("FAKETIME_DONT_FAKE_MONOTONIC", "1");
    return scene;
  }

  /// F35: a day of silence after three lines, and a start at the end of it.
  @Test
  void sendsNothingAgainOfAContainerThatIsSilentForLong() throws IOException {
    try (var scene = scene()) {
      ContainerLog silent = scene.container("b1");
      NumberedLines lines = NumberedLines.of("b1");
      for (int i = 0; i < 3; i++) {
        silent.write(lines.line(i));
      }
      scene.load("b2", 100);
      scene.agent().start();
      scene.awaitProgress(100);
      for (String offset : List.of("+3700", "+43200", "+86400")) {
        jump(offset);
        scene.awaitProgress(300);
      }
      scene.agent().stop();
      scene.agent().start();
      scene.awaitProgress(300);

      Verdict verdict = scene.settle().owe(lines, 3).awaitAndCheck(scene.sink());
      Findings.note("F35", verdict, "a day in three jumps");
      verdict.assertEveryLineOnce().assertNothingRepeated();
    }
  }

  /// F13: an hour forth and back, also while Loki is away and retries wait.
  @Test
  void goesOnAsBeforeWhenTheClockJumps() throws IOException {
    try (var scene = scene()) {
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

      assertThat(hours(scene.agent().output())).as("it saw the jumps").hasSizeGreaterThan(1);
      Verdict verdict = scene.settle().awaitAndCheck(scene.sink());
      Findings.note("F13", verdict, "jumps=6");
      verdict.assertEveryLineOnce().assertNothingRepeated();
    }
  }

  /// The hours of day in the times of log lines.
  private static Set<String> hours(String output) {
    return Pattern.compile("(?m)^ts=\\S+T(\\d\\d):")
        .matcher(output)
        .results()
        .map(found -> found.group(1))
        .collect(Collectors.toSet());
  }

  private Path clock() {
    return directory.resolve("clock");
  }

  private void jump(String offset) throws IOException {
    Path fresh = Files.writeString(directory.resolve("clock.new"), offset + "\n");
    Files.move(fresh, clock(), StandardCopyOption.ATOMIC_MOVE);
  }
}
