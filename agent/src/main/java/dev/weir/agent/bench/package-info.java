/// `weir bench`: measures agents as whole processes, in CPU seconds, memory and lines delivered.
@NullMarked
package dev.weir.agent.bench;

import org.jspecify.annotations.NullMarked;
