@NullMarked
package dev.weir.agent.loki.source.kubernetes;

import org.jspecify.annotations.NullMarked;
