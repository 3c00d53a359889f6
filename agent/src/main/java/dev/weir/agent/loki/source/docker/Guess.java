package dev.weir.agent.loki.source.docker;

import dev.weir.agent.docker.Container;
import dev.weir.agent.docker.ContainerDetails;
import dev.weir.agent.docker.ContainerEvent;
import dev.weir.agent.docker.MetaLabels;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a container is, as far as that is known without asking: for those that are gone before one
/// can ask.
final class Guess {
  private Guess() {}

  /// By an event, which carries the container's labels among its attributes.
  static ContainerDetails of(ContainerEvent event) {
    Map<String, String> labels = new HashMap<>(event.attributes());
    String name = labels.remove("name");
    String image = labels.remove("image");
    return of(
        event.containerId(),
        name == null ? "" : "/" + name,
        image == null ? "" : image,
        labels,
        "");
  }

  /// By a list.
  static ContainerDetails of(Container container) {
    return of(
        container.id(),
        container.name(),
        container.image(),
        container.labels(),
        container.networkMode());
  }

  /// By a target.
  static ContainerDetails of(String id, @Nullable Map<String, String> target) {
    String name =
        target == null ? "" : target.getOrDefault(MetaLabels.PREFIX + "container_name", "");
    return of(id, name, "", Map.of(), "");
  }

  private static ContainerDetails of(
      String id, String name, String image, Map<String, String> labels, String networkMode) {
    return new ContainerDetails(
        id, name, image, labels, networkMode, false, "", Map.of(), "", false, Instant.EPOCH);
  }
}
