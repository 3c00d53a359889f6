package dev.weir.agent.reference;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// What `docs/differences.md` says of one component or stage.
///
/// @param arguments what is special about its arguments
/// @param extensions what Alloy does not have
/// @param rows what Weir does otherwise: cells `what | Alloy | Weir`
record Differences(Optional<String> arguments, List<String> extensions, List<String> rows) {
  static final Path PAGE = Path.of("..", "docs", "differences.md");

  static Differences of(String name) {
    List<String> lines = lines();
    return new Differences(
        section(lines, "## What there is").stream()
            .filter(line -> line.startsWith("| ") && names(cells(line)[0]).contains(name))
            .map(line -> cells(line)[1])
            .findFirst(),
        bullets(section(lines, "## Extensions")).stream()
            .filter(
                bullet -> bullet.contains("`" + name + "`") || bullet.contains("`" + name + " "))
            .toList(),
        section(lines, "## Where Weir does something else on purpose").stream()
            .filter(line -> line.startsWith("| `") && names(subject(line)).contains(name))
            .map(line -> "| " + line.substring(line.indexOf("`: ") + 3))
            .toList());
  }

  /// All names that the page speaks of.
  static List<String> subjects() {
    List<String> found = new ArrayList<>();
    for (String line : section(lines(), "## Where Weir does something else on purpose")) {
      if (line.startsWith("| `")) {
        found.addAll(names(subject(line)));
      }
    }
    return found;
  }

  /// What a row is about, as far as its colon.
  private static String subject(String row) {
    int colon = row.indexOf("`: ");
    return colon < 0 ? "" : row.substring(2, colon + 1);
  }

  private static String[] cells(String row) {
    String[] cells = row.split(" \\| ", -1);
    cells[0] = cells[0].replaceFirst("^\\| ", "");
    int last = cells.length - 1;
    cells[last] = cells[last].replaceFirst(" \\|$", "");
    return cells;
  }

  private static List<String> names(String text) {
    return Arrays.stream(text.split(", ", -1)).map(name -> name.replace("`", "")).toList();
  }

  private static List<String> bullets(List<String> lines) {
    List<String> bullets = new ArrayList<>();
    for (String line : lines) {
      if (line.startsWith("- ")) {
        bullets.add(line.substring(2));
      } else if (line.startsWith("  ") && !bullets.isEmpty()) {
        bullets.add(bullets.removeLast() + " " + line.strip());
      }
    }
    return bullets;
  }

  private static List<String> section(List<String> lines, String heading) {
    int start = lines.indexOf(heading);
    if (start < 0) {
      throw new IllegalStateException("no section " + heading + " in " + PAGE);
    }
    return lines.subList(start + 1, lines.size()).stream()
        .takeWhile(line -> !line.startsWith("## "))
        .toList();
  }

  private static List<String> lines() {
    try {
      return Files.readAllLines(PAGE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
