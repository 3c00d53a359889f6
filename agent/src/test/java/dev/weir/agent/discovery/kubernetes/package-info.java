@NullMarked
package dev.weir.agent.discovery.kubernetes;

import org.jspecify.annotations.NullMarked;
