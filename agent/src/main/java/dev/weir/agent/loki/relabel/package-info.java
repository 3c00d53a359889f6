/// `loki.relabel`: changes the labels of entries by rules.
@NullMarked
package dev.weir.agent.loki.relabel;

import org.jspecify.annotations.NullMarked;
