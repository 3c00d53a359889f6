@NullMarked
package dev.weir.agent.loki.source.kubernetesfiles;

import org.jspecify.annotations.NullMarked;
