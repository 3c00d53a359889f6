@NullMarked
package dev.weir.agent.loki.source;

import org.jspecify.annotations.NullMarked;
