/// Tests of the sandbox.
@NullMarked
package dev.weir.agent.sandbox;

import org.jspecify.annotations.NullMarked;
