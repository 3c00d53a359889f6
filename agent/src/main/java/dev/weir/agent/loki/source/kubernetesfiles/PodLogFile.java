package dev.weir.agent.loki.source.kubernetesfiles;

import java.nio.file.Path;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A log file of a container, `<namespace>_<pod>_<uid>/<container>/<restarts>.log`: what its place
/// says of it.
///
/// @param uid of the pod
/// @param restarts of the container before it wrote this file
record PodLogFile(
    Path path, String namespace, String pod, String uid, String container, int restarts) {
  private static final Pattern NAME = Pattern.compile("([0-9]{1,9})\\.log");

  /// A pod by the name of its directory.
  record PodName(String namespace, String pod, String uid) {}

  /// Takes the name of a pod's directory apart; null when it is none.
  static @Nullable PodName podName(String directory) {
    String[] parts = directory.split("_", -1);
    boolean whole = parts.length == 3;
    for (String part : parts) {
      whole &= !part.isEmpty();
    }
    return whole ? new PodName(parts[0], parts[1], parts[2]) : null;
  }

  /// The log file at a path in a container's directory; null when it is another kind of file, such
  /// as an older generation.
  static @Nullable PodLogFile of(PodName pod, String container, Path path) {
    var name = NAME.matcher(String.valueOf(path.getFileName()));
    return name.matches()
        ? new PodLogFile(
            path, pod.namespace(), pod.pod(), pod.uid(), container, Integer.parseInt(name.group(1)))
        : null;
  }

  /// What it shares with no other container of the node.
  String owner() {
    return podKey() + "/" + container;
  }

  /// What it shares with no other pod of the node.
  String podKey() {
    return namespace + "_" + pod + "_" + uid;
  }
}
