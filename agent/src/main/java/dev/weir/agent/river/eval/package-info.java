/// Evaluates River: values, expressions, the standard library, and decoding of blocks into records.
@NullMarked
package dev.weir.agent.river.eval;

import org.jspecify.annotations.NullMarked;
