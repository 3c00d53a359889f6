/// `loki.source.kubernetes_events`: the events of a cluster as entries.
@NullMarked
package dev.weir.agent.loki.source.kubernetesevents;

import org.jspecify.annotations.NullMarked;
