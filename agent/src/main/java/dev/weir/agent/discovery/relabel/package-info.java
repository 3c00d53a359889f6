/// `discovery.relabel`: rewrites and filters targets.
@NullMarked
package dev.weir.agent.discovery.relabel;

import org.jspecify.annotations.NullMarked;
