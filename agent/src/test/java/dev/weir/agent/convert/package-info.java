@NullMarked
package dev.weir.agent.convert;

import org.jspecify.annotations.NullMarked;
