@NullMarked
package dev.weir.agent.go;

import org.jspecify.annotations.NullMarked;
