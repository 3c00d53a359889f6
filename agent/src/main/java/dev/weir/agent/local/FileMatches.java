package dev.weir.agent.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The files that the globs of targets match at one moment.
public final class FileMatches {
  private static final String PATH = "__path__";
  private static final String EXCLUDE = "__path_exclude__";

  private final Duration ignoreOlderThan;
  private final Instant now;
  private final List<Map<String, String>> targets = new ArrayList<>();
  private boolean tooMany;

  /// Looks for files.
  ///
  /// @param globs each with a glob in `__path__`, perhaps one in `__path_exclude__`
  /// @param ignoreOlderThan files not written to for so long are left out; zero leaves out none
  public FileMatches(List<Map<String, String>> globs, Duration ignoreOlderThan, Instant now) {
    this.ignoreOlderThan = ignoreOlderThan;
    this.now = now;
    globs.forEach(this::add);
  }

  /// Refuses what cannot be looked for.
  ///
  /// @throws IllegalArgumentException when a glob is none
  public static void check(List<Map<String, String>> globs) {
    for (Map<String, String> target : globs) {
      Glob.parse(target.getOrDefault(PATH, ""));
      Glob.parse(target.getOrDefault(EXCLUDE, ""));
    }
  }

  /// The directories below which the files of a target lie, as far as its glob says.
  public static List<Path> directories(Map<String, String> target) {
    return Glob.parse(target.getOrDefault(PATH, "")).directories();
  }

  /// The labels of their path target with `__path__` the file, in the order of path targets and
  /// then of names.
  public List<Map<String, String>> targets() {
    return List.copyOf(targets);
  }

  /// Whether some were left out because they are too many.
  public boolean tooMany() {
    return tooMany;
  }

  private void add(Map<String, String> target) {
    Set<Path> paths = Glob.parse(target.getOrDefault(PATH, "")).paths();
    tooMany |= paths.size() >= Glob.MOST_FILES;
    String excluded = target.getOrDefault(EXCLUDE, "");
    Glob exclude = Glob.parse(excluded);
    for (Path path : paths) {
      boolean out = !excluded.isEmpty() && exclude.matches(path);
      if (!out && isWanted(path)) {
        var labels = new LinkedHashMap<>(target);
        labels.put(PATH, path.toAbsolutePath().normalize().toString());
        targets.add(labels);
      }
    }
  }

  private boolean isWanted(Path path) {
    try {
      var attributes = Files.readAttributes(path, BasicFileAttributes.class);
      return !attributes.isDirectory()
          && (ignoreOlderThan.isZero()
              || !attributes.lastModifiedTime().toInstant().isBefore(now.minus(ignoreOlderThan)));
    } catch (IOException e) {
      // Gone, or not to be looked at now; perhaps next time.
      return false;
    }
  }
}
