package dev.weir.agent.loki.tail;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// F52: one file at full speed beside quiet ones. Turns are counted, not seconds.
final class FairnessTest {
  private static final int QUIET = 50;

  @TempDir Path directory;
  private TailHarness tail;
  private Path loud;
  private int written;

  @BeforeEach
  void open() throws IOException {
    tail = new TailHarness(directory);
    loud = directory.resolve("loud.log");
    shout(20_000);
    tail.open(loud, Rotation.SIBLINGS, TailHarness.PLAIN);
    for (int i = 0; i < QUIET; i++) {
      TailHarness.append(quiet(i), "");
      tail.open(quiet(i), Rotation.SIBLINGS, TailHarness.PLAIN);
    }
  }

  @AfterEach
  void close() throws IOException {
    tail.close();
  }

  private Path quiet(int number) {
    return directory.resolve("quiet" + number + ".log");
  }

  private void shout(int lines) {
    var text = new StringBuilder();
    for (int i = 0; i < lines; i++) {
      text.append("loud ").append(written++).append(" of the file that never stops\n");
    }
    TailHarness.append(loud, text.toString());
  }

  private static long count(List<String> lines, String start) {
    return lines.stream().filter(line -> line.startsWith(start)).count();
  }

  @Test
  void givesEachFileOneBufferAndThenTheNextItsTurn() {
    for (int round = 0; round < 10; round++) {
      for (int i = 0; i < QUIET; i++) {
        TailHarness.append(quiet(i), "quiet " + i + " in round " + round + "\n");
      }
      shout(1000);
      long loudBefore = count(tail.lines(), "loud ");
      tail.step();

      assertThat(count(tail.lines(), "quiet ")).isEqualTo((round + 1L) * QUIET);
      // A buffer of 4096 bytes holds about a hundred of its lines.
      assertThat(count(tail.lines(), "loud ") - loudBefore).isBetween(50L, 150L);
    }
  }

  @Test
  void losesAndRepeatsNothingOfTheLoudOne() {
    tail.settle();

    assertThat(tail.lines())
        .isEqualTo(
            IntStream.range(0, written)
                .mapToObj(i -> "loud " + i + " of the file that never stops")
                .toList());
  }

  @Test
  void keepsOneFileThatFailsFromHoldingUpTheOthers() {
    var others = new ArrayList<String>();
    tail.engine()
        .receiver(batch -> {
          if (batch.get(0).length() > 20) {
            throw new IllegalStateException("of a stage");
          }
          tail.receiver.accept(batch);
        });
    for (int i = 0; i < QUIET; i++) {
      TailHarness.append(quiet(i), "quiet " + i + "\n");
      others.add("quiet " + i);
    }
    tail.step();

    assertThat(tail.lines()).isEqualTo(others);
  }
}
