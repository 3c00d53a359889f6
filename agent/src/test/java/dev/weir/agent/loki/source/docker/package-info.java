@NullMarked
package dev.weir.agent.loki.source.docker;

import org.jspecify.annotations.NullMarked;
