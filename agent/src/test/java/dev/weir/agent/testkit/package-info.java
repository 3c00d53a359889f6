/// What tests share: receivers that remember, contexts that run nothing, fixed clocks.
@NullMarked
package dev.weir.agent.testkit;

import org.jspecify.annotations.NullMarked;
