/// Tests of Go regular expressions.
@NullMarked
package dev.weir.agent.regex;

import org.jspecify.annotations.NullMarked;
