package dev.weir.agent.loki.source.file;

import dev.weir.agent.loki.Labels;
import dev.weir.agent.loki.positions.Positions;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Gives each file that is to be read the key of its position.
///
/// The key is the path, so that a change of labels loses no position. Where one path is to be read
/// with several sets of labels, the others have their labels in the key as well. Who has a key
/// keeps it, whoever comes or goes; targets that differ only in labels that are not seen are one.
final class WantedFiles {
  private static final String PATH = "__path__";

  /// Between path and labels in a key.
  private static final String LABELS = " \0";

  private WantedFiles() {}

  /// Files by key.
  ///
  /// @param targets each with a path
  /// @param open what is being read, by key
  static SortedMap<String, WantedFile> of(
      Collection<Map<String, String>> targets, Map<String, WantedFile> open, Positions positions) {
    Set<WantedFile> distinct = new LinkedHashSet<>();
    targets.stream()
        .map(WantedFiles::file)
        .sorted(Comparator.comparing(file -> file.labels().toString()))
        .forEach(distinct::add);
    var wanted = new TreeMap<String, WantedFile>();
    distinct.stream()
        .collect(Collectors.groupingBy(WantedFile::path, TreeMap::new, Collectors.toList()))
        .forEach((path, files) -> assign(path, files, open, positions, wanted));
    return wanted;
  }

  private static void assign(
      Path path,
      List<WantedFile> files,
      Map<String, WantedFile> open,
      Positions positions,
      SortedMap<String, WantedFile> wanted) {
    Set<WantedFile> left = new LinkedHashSet<>(files);
    for (Iterator<WantedFile> each = left.iterator(); each.hasNext(); ) {
      WantedFile file = each.next();
      String known = known(file, open, positions);
      if (known != null) {
        wanted.put(known, file);
        each.remove();
      }
    }
    for (WantedFile file : left) {
      if (wanted.putIfAbsent(path.toString(), file) != null) {
        wanted.put(keyWithLabels(file), file);
      }
    }
  }

  private static @Nullable String known(
      WantedFile file, Map<String, WantedFile> open, Positions positions) {
    String path = file.path().toString();
    if (file.equals(open.get(path))) {
      return path;
    }
    String key = keyWithLabels(file);
    return open.containsKey(key) || positions.get(key).isPresent() ? key : null;
  }

  private static String keyWithLabels(WantedFile file) {
    return keyWithLabels(file.path().toString(), file.labels().toString());
  }

  /// The key of one of several targets with the same path.
  static String keyWithLabels(String path, String labels) {
    return path + LABELS + labels;
  }

  /// The path in a key.
  static Path path(String key) {
    int labels = key.indexOf(LABELS);
    return Path.of(labels < 0 ? key : key.substring(0, labels));
  }

  private static WantedFile file(Map<String, String> target) {
    Labels labels = Labels.of(target).keeping(name -> !name.startsWith("__"));
    return new WantedFile(Path.of(target.getOrDefault(PATH, "")), labels);
  }

  /// Whether a target says which file it means.
  static boolean hasPath(Map<String, String> target) {
    return target.containsKey(PATH);
  }
}
