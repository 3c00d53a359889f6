/// Tests of the River language.
@NullMarked
package dev.weir.agent.river;

import org.jspecify.annotations.NullMarked;
