package dev.weir.agent.loki.source.kubernetesfiles;

import dev.weir.agent.kubernetes.KnownNamespace;
import dev.weir.agent.kubernetes.MetaLabels;
import dev.weir.agent.kubernetes.NodePod;
import dev.weir.agent.loki.Labels;
import dev.weir.agent.loki.source.kubernetesfiles.LokiSourceKubernetesFiles.Arguments;
import dev.weir.agent.loki.tail.LineFormat.PodLines;
import dev.weir.agent.loki.tail.TailStream;
import dev.weir.agent.relabel.Rules;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Works out what the entries of a log carry.
///
/// @param node that the component reads the files of
record PodStreams(Arguments arguments, String node) {
  /// How a log is read, with what is known of it.
  PodLines of(PodLogFile file, Facts facts) {
    NodePod pod = facts.pod();
    Map<String, String> meta =
        pod == null ? fromPath(file) : pod.container(file.container()).meta();
    KnownNamespace namespace = facts.namespace();
    if (namespace != null) {
      meta = new LinkedHashMap<>(meta);
      meta.putAll(namespace.meta());
    }
    return new PodLines(
        stream("stdout", file, meta),
        stream("stderr", file, meta),
        (int) arguments.maxLineSize().bytes(),
        arguments.tooLong());
  }

  private Map<String, String> fromPath(PodLogFile file) {
    return new MetaLabels()
        .put("namespace", file.namespace())
        .put("pod_name", file.pod())
        .put("pod_uid", file.uid())
        .put("pod_container_name", file.container())
        .put("pod_node_name", node)
        .map();
  }

  /// Null when the stream is not to be read.
  private @Nullable TailStream stream(String name, PodLogFile file, Map<String, String> meta) {
    if (!arguments.streams().contains(name)) {
      return null;
    }
    var labels = new LinkedHashMap<>(meta);
    labels.put("namespace", file.namespace());
    labels.put("pod", file.pod());
    labels.put("container", file.container());
    labels.put("stream", name);
    labels.put("node", node);
    labels.put("job", file.namespace() + "/" + file.container());
    labels.putAll(arguments.labels());
    Rules rules = Objects.requireNonNullElse(arguments.relabelRules(), Rules.NONE);
    Optional<Map<String, String>> kept = rules.apply(labels);
    if (kept.isEmpty()) {
      return null;
    }
    var seen = new LinkedHashMap<>(kept.get());
    seen.keySet().removeIf(label -> label.startsWith("__"));
    return new TailStream(Labels.of(seen), meta);
  }
}
