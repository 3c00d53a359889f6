/// Decides, as a pure function, what the agents of a class run and why a pipeline does not.
@NullMarked
package dev.weir.operator.plan;

import org.jspecify.annotations.NullMarked;
