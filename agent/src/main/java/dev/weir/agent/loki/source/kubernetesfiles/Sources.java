package dev.weir.agent.loki.source.kubernetesfiles;

import dev.weir.agent.component.Shared;
import dev.weir.agent.kubernetes.NodePods;
import java.nio.file.Path;

/// What a component shares with others: the node's log files and its pods.
///
/// Closed by the thread that made it; thread-safe else.
final class Sources implements AutoCloseable {
  private final Path path;
  private final NodePods.Place place;
  private final Runnable listener;
  private final Shared.Lease<PodLogDirectory> directory;
  private final Shared.Lease<NodePods> pods;

  /// @param listener run after each change; it must not block
  Sources(Path path, NodePods.Place place, Runnable listener) {
    this.path = path;
    this.place = place;
    this.listener = listener;
    this.directory = PodLogDirectory.of(path);
    this.pods = NodePods.of(place);
    directory().addListener(listener);
    pods().addListener(listener);
  }

  /// Whether these are they.
  boolean are(Path otherPath, NodePods.Place otherPlace) {
    return path.equals(otherPath) && place.equals(otherPlace);
  }

  PodLogDirectory directory() {
    return directory.get();
  }

  NodePods pods() {
    return pods.get();
  }

  @Override
  public void close() {
    directory().removeListener(listener);
    pods().removeListener(listener);
    directory.close();
    pods.close();
  }
}
