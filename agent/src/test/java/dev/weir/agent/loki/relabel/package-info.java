/// Tests of `loki.relabel`.
@NullMarked
package dev.weir.agent.loki.relabel;

import org.jspecify.annotations.NullMarked;
