/// Tests of relabelling.
@NullMarked
package dev.weir.agent.relabel;

import org.jspecify.annotations.NullMarked;
