/// Times as Go writes them: reference layouts and the named formats.
@NullMarked
package dev.weir.agent.timelayout;

import org.jspecify.annotations.NullMarked;
