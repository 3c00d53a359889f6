@NullMarked
package dev.weir.agent.loki.source.kubernetesevents;

import org.jspecify.annotations.NullMarked;
