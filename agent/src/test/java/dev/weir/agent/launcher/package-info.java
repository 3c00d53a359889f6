@NullMarked
package dev.weir.agent.launcher;

import org.jspecify.annotations.NullMarked;
