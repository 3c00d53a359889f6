/// Regular expressions with Go's syntax and linear running time.
@NullMarked
package dev.weir.agent.regex;

import org.jspecify.annotations.NullMarked;
