@NullMarked
package dev.weir.agent.docker;

import org.jspecify.annotations.NullMarked;
