@NullMarked
package dev.weir.agent.local;

import org.jspecify.annotations.NullMarked;
