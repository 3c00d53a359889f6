/// `loki.enrich`: adds labels of targets to entries.
@NullMarked
package dev.weir.agent.loki.enrich;

import org.jspecify.annotations.NullMarked;
