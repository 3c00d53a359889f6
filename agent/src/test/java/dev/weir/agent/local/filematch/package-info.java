@NullMarked
package dev.weir.agent.local.filematch;

import org.jspecify.annotations.NullMarked;
