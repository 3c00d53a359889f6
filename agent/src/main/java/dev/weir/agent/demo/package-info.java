/// `weir demo`: the sandbox and the agent in one process, on this machine's containers.
@NullMarked
package dev.weir.agent.demo;

import org.jspecify.annotations.NullMarked;
