/// Shows what flows out of components to whoever asks, without holding the flow up.
@NullMarked
package dev.weir.agent.tap;

import org.jspecify.annotations.NullMarked;
