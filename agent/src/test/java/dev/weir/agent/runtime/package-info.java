@NullMarked
package dev.weir.agent.runtime;

import org.jspecify.annotations.NullMarked;
