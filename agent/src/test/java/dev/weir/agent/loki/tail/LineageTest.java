package dev.weir.agent.loki.tail;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A writer that rotates between any two looks at the directory.
final class LineageTest {
  private static final Pattern LINE = Pattern.compile("line (\\d+)");

  @TempDir Path temporary;

  /// A tail that is only opened, not read, while its writer goes on at each look.
  private static final class Opening {
    final List<String> losses = new ArrayList<>();
    final Path path;
    final RotatingLog log;
    private final Siblings.Look look;
    private Iterator<Integer> changes = List.<Integer>of().iterator();

    Opening(Path directory, int kept, int linesPerFile) {
      path = directory.resolve("x-json.log");
      log = new RotatingLog(path, kept, linesPerFile);
      look =
          at -> {
            log.step(changes.hasNext() ? changes.next() : 0);
            return FileId.at(at);
          };
    }

    /// Lets so many changes happen before each of the next looks.
    Opening between(List<Integer> looks) {
      changes = looks.iterator();
      return this;
    }

    @Nullable EarlyFile early() {
      try {
        return EarlyFile.open(path, look);
      } catch (IOException e) {
        return null;
      }
    }

    /// The numbers of all lines that a tail gets to see.
    List<Integer> lines(@Nullable EarlyFile early) throws IOException {
      var target =
          new TailTarget(
              "x",
              path,
              Rotation.NUMBERED,
              TailHarness.JSON,
              TailTarget.Start.BEGINNING,
              TailListener.SILENT);
      var lineage = new Lineage(target, early, look);
      List<Generation> chain = new ArrayList<>();
      int rounds = 0;
      do {
        assertThat(rounds++).as("rounds, with %s", chain).isLessThan(10_000);
        chain.addAll(more(lineage, chain));
      } while (changes.hasNext() || chain.isEmpty() || !isNewest(chain.getLast()));
      List<Integer> lines = new ArrayList<>();
      for (Generation generation : chain) {
        read(generation.content(), lines);
        generation.close();
      }
      return lines;
    }

    private List<Generation> more(Lineage lineage, List<Generation> chain) throws IOException {
      try {
        return chain.isEmpty()
            ? lineage.fresh((bytes, message) -> losses.add(message))
            : lineage.newer(chain, (bytes, message) -> losses.add(message));
      } catch (FileId.MovedException e) {
        return List.of();
      }
    }

    private boolean isNewest(Generation last) throws IOException {
      if (!Files.exists(path)) {
        log.rotate();
      }
      return FileId.at(path).id().equals(last.id());
    }

    private static void read(Content content, List<Integer> lines) throws IOException {
      byte[] bytes = new byte[1 << 16];
      int length = content.read(0, bytes, 0, bytes.length);
      LINE.matcher(new String(bytes, 0, length, StandardCharsets.UTF_8))
          .results()
          .map((MatchResult found) -> Integer.valueOf(found.group(1)))
          .forEach(lines::add);
    }
  }

  private static List<Integer> upTo(int last) {
    return IntStream.rangeClosed(1, last).boxed().toList();
  }

  @Test
  void findsTheFilesBeyondTheOneThatIsJustBeingMoved() throws IOException {
    var opening = new Opening(temporary, 10, 2);
    for (int i = 0; i < 5; i++) {
      opening.log.rotate();
    }
    // The lines of the newest, no file to delete, and the two oldest have moved.
    opening.log.step(2 + 1 + 2);

    assertThat(opening.lines(null)).isEqualTo(upTo(12));
    assertThat(opening.losses).isEmpty();
  }

  @Test
  void looksAgainWhereFilesMovedWhileTheyWereListed() throws IOException {
    var opening = new Opening(temporary, 20, 2);
    for (int i = 0; i < 6; i++) {
      opening.log.rotate();
    }
    // A rotation takes less than twenty changes: each of the first looks sees another one.
    opening.between(List.of(0, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5));

    assertThat(opening.lines(null)).isEqualTo(upTo(opening.log.written()));
    assertThat(opening.losses).isEmpty();
  }

  @Test
  void tellsThatFilesWentBeforeTheyCouldBeOpened() throws IOException {
    var opening = new Opening(temporary, 3, 1);
    opening.log.rotate();
    List<Integer> looks = new ArrayList<>(Collections.nCopies(18, 0));
    looks.add(200);
    List<Integer> seen = opening.between(looks).lines(null);

    assertThat(seen)
        .isSorted()
        .doesNotHaveDuplicates()
        .startsWith(1)
        .contains(opening.log.written());
    assertThat(opening.losses).isNotEmpty();
  }

  @Property(tries = 100)
  void missesAndRepeatsNothingWhateverHappensBetweenTwoLooks(
      @ForAll @IntRange(min = 0, max = 40) int before,
      @ForAll @IntRange(min = 1, max = 5) int linesPerFile,
      @ForAll @Size(max = 200) List<@IntRange(min = 0, max = 6) Integer> looks,
      @ForAll boolean grabbed)
      throws IOException {
    Path directory = Files.createTempDirectory("lineage");
    try {
      var opening = new Opening(directory, 1000, linesPerFile);
      opening.log.step(before);
      opening.between(looks);
      EarlyFile early = grabbed ? opening.early() : null;

      assertThat(opening.lines(early)).isEqualTo(upTo(opening.log.written()));
      assertThat(opening.losses).isEmpty();
    } finally {
      delete(directory);
    }
  }

  @Property(tries = 100)
  void losesNothingInSilence(
      @ForAll @IntRange(min = 0, max = 40) int before,
      @ForAll @IntRange(min = 3, max = 6) int kept,
      @ForAll @Size(max = 200) List<@IntRange(min = 0, max = 5) Integer> looks)
      throws IOException {
    Path directory = Files.createTempDirectory("lineage");
    try {
      var opening = new Opening(directory, kept, 2);
      opening.log.step(before);
      opening.between(looks);
      List<Integer> lines = opening.lines(null);

      assertThat(lines).isSorted().doesNotHaveDuplicates();
      boolean contiguous =
          lines.isEmpty() || lines.getLast() - lines.getFirst() == lines.size() - 1;
      assertThat(contiguous || !opening.losses.isEmpty()).isTrue();
    } finally {
      delete(directory);
    }
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
