@NullMarked
package dev.weir.agent.loki.enrich;

import org.jspecify.annotations.NullMarked;
