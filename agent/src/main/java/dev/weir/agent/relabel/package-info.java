/// Relabelling rules: what `discovery.relabel` and `loki.relabel` do to labels.
@NullMarked
package dev.weir.agent.relabel;

import org.jspecify.annotations.NullMarked;
