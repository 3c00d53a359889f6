/// Metrics as Prometheus reads them, through Micrometer.
@NullMarked
package dev.weir.agent.metrics;

import org.jspecify.annotations.NullMarked;
