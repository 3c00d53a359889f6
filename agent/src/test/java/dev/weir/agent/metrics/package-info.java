@NullMarked
package dev.weir.agent.metrics;

import org.jspecify.annotations.NullMarked;
