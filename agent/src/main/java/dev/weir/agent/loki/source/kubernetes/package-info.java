/// `loki.source.kubernetes`: the logs of containers, read through the Kubernetes API.
@NullMarked
package dev.weir.agent.loki.source.kubernetes;

import org.jspecify.annotations.NullMarked;
