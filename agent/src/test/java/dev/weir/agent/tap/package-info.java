@NullMarked
package dev.weir.agent.tap;

import org.jspecify.annotations.NullMarked;
