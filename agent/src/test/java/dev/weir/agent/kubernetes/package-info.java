@NullMarked
package dev.weir.agent.kubernetes;

import org.jspecify.annotations.NullMarked;
