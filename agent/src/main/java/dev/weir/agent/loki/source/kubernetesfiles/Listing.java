package dev.weir.agent.loki.source.kubernetesfiles;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The log files of a node at one moment, without older generations. Immutable, and shared by all
/// components: there may be many, of which each looks at a few namespaces only.
record Listing(Map<String, List<PodLogFile>> byNamespace, Set<Path> paths) {
  static Listing of(List<PodLogFile> files) {
    return new Listing(
        files.stream()
            .collect(Collectors.groupingBy(PodLogFile::namespace, Collectors.toUnmodifiableList())),
        files.stream().map(PodLogFile::path).collect(Collectors.toUnmodifiableSet()));
  }

  /// Those in some namespaces.
  ///
  /// @param namespaces null for all
  List<PodLogFile> files(@Nullable Set<String> namespaces) {
    Stream<List<PodLogFile>> lists =
        namespaces == null
            ? byNamespace.values().stream()
            : namespaces.stream().map(name -> byNamespace.getOrDefault(name, List.of()));
    return lists.flatMap(List::stream).toList();
  }

  /// The namespaces whose files are not the same.
  Set<String> changedSince(Listing before) {
    Set<String> changed = new HashSet<>(byNamespace.keySet());
    changed.addAll(before.byNamespace.keySet());
    changed.removeIf(name -> Objects.equals(byNamespace.get(name), before.byNamespace.get(name)));
    return changed;
  }
}
