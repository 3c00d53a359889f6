package dev.weir.agent.loki.tail;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Hundreds of logs that come and go.
final class ChurnTest {
  private static final int LOGS = 300;
  private static final int ROUNDS = 5;

  @TempDir Path directory;
  private TailHarness tail;

  @BeforeEach
  void open() throws IOException {
    tail = new TailHarness(directory);
  }

  @AfterEach
  void close() throws IOException {
    tail.close();
  }

  /// How many files of this test are open, deleted ones too.
  private long descriptors() throws IOException {
    try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
      return open.filter(this::isLog).count();
    }
  }

  private boolean isLog(Path descriptor) {
    try {
      Path file = Files.readSymbolicLink(descriptor);
      return file.startsWith(directory.resolve("logs"));
    } catch (NoSuchFileException e) {
      return false;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void letsGoOfEveryLogAndItsDescriptorsAndLosesNothing() throws IOException {
    Path logs = Files.createDirectories(directory.resolve("logs"));
    List<String> written = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      List<Tail> open = new ArrayList<>();
      for (int i = 0; i < LOGS; i++) {
        Path log = logs.resolve(round + "-" + i + ".log");
        String line = "last words of " + round + "-" + i;
        written.add(line);
        TailHarness.append(log, TailHarness.record(line + "\\n", "stdout", i % 60));
        open.add(tail.open(log, Rotation.NUMBERED, TailHarness.JSON));
        if (i % 2 == 0) {
          Files.move(log, logs.resolve(log.getFileName() + ".1"));
          TailHarness.append(log, "");
        }
        if (i % 3 == 0) {
          Files.delete(log);
        }
      }
      tail.step();
      assertThat(descriptors()).isGreaterThan(LOGS / 2);
      open.forEach(one -> one.close(Tail.Ending.DRAIN));
      tail.settle();
      open.forEach(one -> tail.engine().forget(one.key()));

      assertThat(tail.losses.ended).isEqualTo((round + 1) * LOGS);
      assertThat(descriptors()).isZero();
    }

    assertThat(tail.lines()).containsExactlyInAnyOrderElementsOf(written);
    tail.save();
    assertThat(Files.readString(tail.positionsFile())).doesNotContain(".log");
  }
}
