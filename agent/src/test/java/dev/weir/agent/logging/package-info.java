@NullMarked
package dev.weir.agent.logging;

import org.jspecify.annotations.NullMarked;
