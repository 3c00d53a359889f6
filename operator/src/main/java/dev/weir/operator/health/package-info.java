/// How pipelines do on the agents, as the agents themselves tell it.
@NullMarked
package dev.weir.operator.health;

import org.jspecify.annotations.NullMarked;
