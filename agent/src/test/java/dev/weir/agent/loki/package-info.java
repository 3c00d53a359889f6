@NullMarked
package dev.weir.agent.loki;

import org.jspecify.annotations.NullMarked;
