/// Tests of positions.
@NullMarked
package dev.weir.agent.loki.positions;

import org.jspecify.annotations.NullMarked;
