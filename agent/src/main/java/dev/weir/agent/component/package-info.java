/// The contract between a component and the runtime.
@NullMarked
package dev.weir.agent.component;

import org.jspecify.annotations.NullMarked;
