/// Finding what to collect from.
@NullMarked
package dev.weir.agent.discovery;

import org.jspecify.annotations.NullMarked;
