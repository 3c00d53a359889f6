/// Tests of the benchmarks.
@NullMarked
package dev.weir.agent.bench;

import org.jspecify.annotations.NullMarked;
