/// Reads containers' logs through the Kubernetes API, without access to the nodes.
@NullMarked
package dev.weir.agent.loki.podlog;

import org.jspecify.annotations.NullMarked;
