@NullMarked
package dev.weir.agent.loki.wal;

import org.jspecify.annotations.NullMarked;
