@NullMarked
package dev.weir.agent.local.file;

import org.jspecify.annotations.NullMarked;
