@NullMarked
package dev.weir.operator.cli;

import org.jspecify.annotations.NullMarked;
