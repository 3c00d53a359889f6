/// Tests of `discovery.relabel`.
@NullMarked
package dev.weir.agent.discovery.relabel;

import org.jspecify.annotations.NullMarked;
