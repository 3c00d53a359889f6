/// Tests of reading files.
@NullMarked
package dev.weir.agent.loki.tail;

import org.jspecify.annotations.NullMarked;
