/// `loki.source.kubernetes_files`: reads the logs of the pods of a node from their files.
@NullMarked
package dev.weir.agent.loki.source.kubernetesfiles;

import org.jspecify.annotations.NullMarked;
