package dev.weir.agent.loki.source.kubernetesfiles;

import dev.weir.agent.kubernetes.KnownNamespace;
import dev.weir.agent.kubernetes.NodePod;
import org.jspecify.annotations.Nullable;

/// What is known of a log besides its path.
///
/// @param pod null while it is not known
/// @param namespace null while it is not known, or nobody asks for it
/// @param complete whether nothing is missing that was asked for
record Facts(@Nullable NodePod pod, @Nullable KnownNamespace namespace, boolean complete) {
  /// Whether nothing has changed.
  @SuppressWarnings("ReferenceEquality") // Both are made anew for each change.
  boolean same(Facts other) {
    return pod == other.pod && namespace == other.namespace;
  }
}
