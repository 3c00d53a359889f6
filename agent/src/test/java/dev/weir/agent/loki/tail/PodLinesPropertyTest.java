package dev.weir.agent.loki.tail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.agent.loki.tail.LineFormat.PodLines;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/// However the log of a pod comes, in whatever pieces and through however many restarts, its lines
/// are those that the container wrote.
class PodLinesPropertyTest {
  private static final PodLines FORMAT =
      new PodLines(
          new TailStream(TailHarness.STDOUT, Map.of()),
          new TailStream(TailHarness.STDERR, Map.of()),
          200,
          LongLines.TRUNCATE);

  /// What a runtime writes at one time.
  ///
  /// @param whole whether it ends the line
  record Piece(boolean stderr, boolean whole, String text) {
    String record(int second) {
      return "2026-11-22T13:%02d:%02d.5Z %s %s %s\n"
          .formatted(
              second / 60 % 60, second % 60, stderr ? "stderr" : "stdout", whole ? "F" : "P", text);
    }
  }

  @Provide
  Arbitrary<List<Piece>> pieces() {
    Arbitrary<String> text =
        Arbitraries.strings().withChars("ab c{\u00e9\u20ac").ofMinLength(0).ofMaxLength(150);
    return Combinators.combine(Arbitraries.of(true, false), Arbitraries.of(true, true, false), text)
        .as(Piece::new)
        .list()
        .ofMaxSize(40);
  }

  @Property(tries = 60)
  void linesDoNotDependOnHowTheyCome(
      @ForAll("pieces") List<Piece> pieces,
      @ForAll List<@IntRange(min = 1, max = 300) Integer> cuts)
      throws IOException {
    var log = new StringBuilder();
    for (int i = 0; i < pieces.size(); i++) {
      log.append(pieces.get(i).record(i));
    }
    byte[] bytes = log.toString().getBytes(StandardCharsets.UTF_8);
    Path directory = Files.createTempDirectory("podlines");
    try {
      assertThat(read(directory, bytes, cuts)).containsExactlyInAnyOrderElementsOf(lines(pieces));
    } finally {
      delete(directory);
    }
  }

  /// Reads a file that grows by pieces of these lengths; every third is followed by a restart.
  private static List<String> read(Path directory, byte[] bytes, List<Integer> cuts)
      throws IOException {
    List<String> seen = new ArrayList<>();
    Path file = directory.resolve("0.log");
    try (var tail = new TailHarness(directory).settings(512, 512)) {
      tail.open(file, Rotation.KUBELET, FORMAT);
      int from = 0;
      int i = 0;
      while (from < bytes.length) {
        int length = i < cuts.size() ? cuts.get(i) : bytes.length;
        int to = Math.min(bytes.length, from + length);
        TailHarness.append(file, Arrays.copyOfRange(bytes, from, to));
        tail.settle();
        if (++i % 3 == 0) {
          tail.save();
          seen.addAll(tail.lines());
          tail.restart();
          tail.open(file, Rotation.KUBELET, FORMAT);
        }
        from = to;
      }
      seen.addAll(tail.lines());
    }
    return seen;
  }

  /// What the container wrote, but for what it has not ended yet.
  private static List<String> lines(List<Piece> pieces) {
    List<String> lines = new ArrayList<>();
    StringBuilder[] open = {new StringBuilder(), new StringBuilder()};
    for (Piece piece : pieces) {
      StringBuilder line = open[piece.stderr() ? 1 : 0];
      line.append(piece.text());
      if (piece.whole()) {
        lines.add(truncated(line.toString()));
        line.setLength(0);
      }
    }
    return lines;
  }

  private static String truncated(String line) {
    int bytes = 0;
    for (int i = 0; i < line.length(); i++) {
      bytes += String.valueOf(line.charAt(i)).getBytes(StandardCharsets.UTF_8).length;
      if (bytes > 200) {
        return line.substring(0, i);
      }
    }
    return line;
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      all.sorted(Comparator.reverseOrder())
          .forEach(path -> {
            try {
              Files.delete(path);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    }
  }
}
