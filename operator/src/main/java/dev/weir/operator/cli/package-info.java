/// The operator's process: command line, HTTP endpoints, signals.
@NullMarked
package dev.weir.operator.cli;

import org.jspecify.annotations.NullMarked;
