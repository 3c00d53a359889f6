/// Loads a configuration, runs its components and keeps them up to date. Knows no component.
@NullMarked
package dev.weir.agent.runtime;

import org.jspecify.annotations.NullMarked;
