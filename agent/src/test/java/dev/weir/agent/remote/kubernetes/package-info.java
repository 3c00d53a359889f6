@NullMarked
package dev.weir.agent.remote.kubernetes;

import org.jspecify.annotations.NullMarked;
