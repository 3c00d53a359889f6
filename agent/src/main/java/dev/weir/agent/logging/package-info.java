/// The agent's own log: an SLF4J backend that writes logfmt or JSON lines to standard error.
@NullMarked
package dev.weir.agent.logging;

import org.jspecify.annotations.NullMarked;
