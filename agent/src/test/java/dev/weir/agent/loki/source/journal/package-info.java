@NullMarked
package dev.weir.agent.loki.source.journal;

import org.jspecify.annotations.NullMarked;
