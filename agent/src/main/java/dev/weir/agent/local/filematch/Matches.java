package dev.weir.agent.local.filematch;

import dev.weir.agent.local.Glob;
import dev.weir.agent.local.filematch.LocalFileMatch.Arguments;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The files that match at one moment.
final class Matches {
  private static final String PATH = "__path__";
  private static final String EXCLUDE = "__path_exclude__";

  private final Arguments arguments;
  private final Instant now;
  private final List<Map<String, String>> targets = new ArrayList<>();
  private boolean tooMany;

  Matches(Arguments arguments, Instant now) {
    this.arguments = arguments;
    this.now = now;
    arguments.pathTargets().forEach(this::add);
  }

  /// The files, in the order of their path targets and then of their names.
  List<Map<String, String>> targets() {
    return List.copyOf(targets);
  }

  /// Whether some were left out because they are too many.
  boolean tooMany() {
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
      Instant oldest = now.minus(arguments.ignoreOlderThan());
      return !attributes.isDirectory()
          && (arguments.ignoreOlderThan().isZero()
              || !attributes.lastModifiedTime().toInstant().isBefore(oldest));
    } catch (IOException e) {
      // Gone, or not to be looked at now; perhaps next time.
      return false;
    }
  }
}
