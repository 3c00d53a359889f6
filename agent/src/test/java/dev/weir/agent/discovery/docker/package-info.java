@NullMarked
package dev.weir.agent.discovery.docker;

import org.jspecify.annotations.NullMarked;
