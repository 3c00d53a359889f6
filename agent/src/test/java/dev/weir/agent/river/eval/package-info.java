@NullMarked
package dev.weir.agent.river.eval;

import org.jspecify.annotations.NullMarked;
