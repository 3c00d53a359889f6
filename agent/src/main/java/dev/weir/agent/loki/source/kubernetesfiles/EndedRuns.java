package dev.weir.agent.loki.source.kubernetesfiles;

import dev.weir.agent.kubernetes.NodePod;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Which logs are of runs of a container that have ended, and which of them have been read to their
/// end: those cost nothing any more, unless they grow after all. The last line of a run may be a
/// part whose rest will never come.
///
/// Belongs to the collector's thread.
final class EndedRuns {
  /// What a container wrote last may reach its log after the news of its end.
  private static final long GRACE = TimeUnit.SECONDS.toNanos(2);

  private final LongSupplier nanoTime;
  private final Map<Path, Long> endedSince = new HashMap<>();
  private final Map<Path, Long> readTo = new HashMap<>();
  private Map<String, Integer> newest = Map.of();

  EndedRuns(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /// Learns which files there are.
  void files(List<PodLogFile> files, Set<Path> paths) {
    var runs = new HashMap<String, Integer>();
    files.forEach(file -> runs.merge(file.owner(), file.restarts(), Math::max));
    newest = runs;
    endedSince.keySet().retainAll(paths);
    readTo.keySet().retainAll(paths);
  }

  /// Whether nobody has written to a log for a while, nor will.
  boolean hasEnded(PodLogFile file, @Nullable NodePod pod) {
    boolean ended =
        file.restarts() < newest.getOrDefault(file.owner(), 0)
            || (pod != null && file.restarts() < pod.container(file.container()).endedRuns());
    if (!ended) {
      endedSince.remove(file.path());
      return false;
    }
    long now = nanoTime.getAsLong();
    return now - endedSince.computeIfAbsent(file.path(), _ -> now) >= GRACE;
  }

  /// Whether the end of any of the logs is so new that it must be looked at again.
  boolean isWaiting(Collection<Path> open) {
    long now = nanoTime.getAsLong();
    return endedSince.entrySet().stream()
        .anyMatch(entry -> now - entry.getValue() < GRACE && open.contains(entry.getKey()));
  }

  /// A log has been read to its end.
  void read(Path path, long offset) {
    readTo.put(path, offset);
  }

  /// Whether all that there is of a log has been read.
  boolean isRead(PodLogFile file) {
    Long offset = readTo.get(file.path());
    try {
      return offset != null && Files.size(file.path()) == offset;
    } catch (IOException e) {
      return true;
    }
  }
}
