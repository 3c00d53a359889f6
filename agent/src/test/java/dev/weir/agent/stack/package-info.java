/// Tests of what the repository brings beside the code: Compose, the configurations it mounts, and
/// the operations guide.
@NullMarked
package dev.weir.agent.stack;

import org.jspecify.annotations.NullMarked;
