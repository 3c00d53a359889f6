package dev.weir.agent.component;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the components of one configuration may do besides what they are told: the envelope that a
/// pipeline of the pipelines' directory runs in. Every other configuration runs in [#OPEN].
///
/// Components obey it where what it is about comes from: a source of pods' logs leaves out what
/// lies in other namespaces, `loki.write` sends nothing under another tenant. Immutable.
///
/// @param pipelineUid whose state this is, which outlives the file's name; empty for an ordinary
///   configuration
/// @param namespaces the Kubernetes namespaces that entries may come from; null for any
/// @param tenant the only tenant that may be sent; null to leave it to the configuration
/// @param egress where connections may lead
public record Policy(
    String pipelineUid, @Nullable Set<String> namespaces, @Nullable String tenant, Egress egress) {
  /// Of a configuration that its owner runs himself: everything is allowed.
  public static final Policy OPEN = new Policy("", null, null, Egress.OPEN);

  public Policy {
    namespaces = namespaces == null ? null : Set.copyOf(namespaces);
  }

  /// Whether entries may come from a Kubernetes namespace.
  public boolean allowsNamespace(String namespace) {
    Set<String> only = namespaces;
    return only == null || only.contains(namespace);
  }

  /// Whether the components belong to a pipeline of the pipelines' directory: many small ones in
  /// one process, where an idle one must cost next to nothing.
  public boolean ofPipeline() {
    return !pipelineUid.isEmpty();
  }
}
