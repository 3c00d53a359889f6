/// Tests of what is made of agents' answers.
@NullMarked
package dev.weir.operator.health;

import org.jspecify.annotations.NullMarked;
