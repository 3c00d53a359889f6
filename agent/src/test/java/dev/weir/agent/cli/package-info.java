@NullMarked
package dev.weir.agent.cli;

import org.jspecify.annotations.NullMarked;
