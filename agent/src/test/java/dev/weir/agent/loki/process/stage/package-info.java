/// Tests of stages.
@NullMarked
package dev.weir.agent.loki.process.stage;

import org.jspecify.annotations.NullMarked;
