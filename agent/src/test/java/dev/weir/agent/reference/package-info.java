/// Keeps the reference pages of `docs` in step with the code.
@NullMarked
package dev.weir.agent.reference;

import org.jspecify.annotations.NullMarked;
