/// Tests of `loki.process`.
@NullMarked
package dev.weir.agent.loki.process;

import org.jspecify.annotations.NullMarked;
