package dev.weir.agent.loki.source.docker;

import dev.weir.agent.docker.ContainerDetails;
import dev.weir.agent.docker.MetaLabels;
import dev.weir.agent.loki.Labels;
import dev.weir.agent.loki.source.docker.LokiSourceDocker.Arguments;
import dev.weir.agent.loki.tail.TailStream;
import dev.weir.agent.relabel.Rules;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Works out what the entries of a container carry.
final class StreamLabels {
  private static final String LOG_STREAM = MetaLabels.PREFIX + "container_log_stream";
  private static final String COMPOSE = "com.docker.compose.";

  private StreamLabels() {}

  /// The streams of a container.
  ///
  /// @param target the labels of its target, or null when it was found by the component itself
  static Streams of(
      ContainerDetails container, @Nullable Map<String, String> target, Arguments arguments) {
    Map<String, String> labels = new LinkedHashMap<>(target == null ? own(container) : target);
    labels.putAll(arguments.labels());
    Rules rules = Objects.requireNonNullElse(arguments.relabelRules(), Rules.NONE);
    return new Streams(
        stream("stdout", container, labels, rules), stream("stderr", container, labels, rules));
  }

  private static Map<String, String> own(ContainerDetails container) {
    Map<String, String> labels =
        MetaLabels.of(
            container.id(), container.name(), container.networkMode(), container.labels());
    labels.put("container_name", plain(container.name()));
    labels.put("container_id", container.id());
    for (String label : new String[] {"service", "project"}) {
      String value = container.labels().get(COMPOSE + label);
      if (value != null) {
        labels.put("compose_" + label, value);
      }
    }
    return labels;
  }

  private static TailStream stream(
      String name, ContainerDetails container, Map<String, String> labels, Rules rules) {
    var all = new LinkedHashMap<>(labels);
    all.put(LOG_STREAM, name);
    // A set that the rules drop leaves its entries without labels, as in Alloy.
    Map<String, String> kept = new LinkedHashMap<>(rules.apply(all).orElse(Map.of()));
    kept.keySet().removeIf(label -> label.startsWith("__"));
    return new TailStream(Labels.of(kept), origin(name, container));
  }

  private static Map<String, String> origin(String stream, ContainerDetails container) {
    var origin = new LinkedHashMap<String, String>();
    MetaLabels.putAll(origin, "container_label_", container.labels());
    origin.put("container_name", plain(container.name()));
    origin.put("container_id", container.id());
    origin.put("container_image", container.image());
    origin.put("stream", stream);
    return origin;
  }

  private static String plain(String name) {
    return name.startsWith("/") ? name.substring(1) : name;
  }
}
