/// Whole pipelines, from a file to Loki.
@NullMarked
package dev.weir.agent.pipelines;

import org.jspecify.annotations.NullMarked;
