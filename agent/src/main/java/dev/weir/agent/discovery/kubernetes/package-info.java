/// `discovery.kubernetes`: objects of a Kubernetes cluster as targets.
@NullMarked
package dev.weir.agent.discovery.kubernetes;

import org.jspecify.annotations.NullMarked;
