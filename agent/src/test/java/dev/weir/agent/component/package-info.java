/// The contract's own rules.
@NullMarked
package dev.weir.agent.component;

import org.jspecify.annotations.NullMarked;
