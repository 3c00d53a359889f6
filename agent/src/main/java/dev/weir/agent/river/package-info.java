/// The River language: lexer, parser, tree, printer and diagnostics. Depends on nothing.
@NullMarked
package dev.weir.agent.river;

import org.jspecify.annotations.NullMarked;
