/// Tests that no secret gets out and nothing hostile gets through, over all components.
@NullMarked
package dev.weir.agent.security;

import org.jspecify.annotations.NullMarked;
