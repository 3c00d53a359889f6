/// The part of LogQL that chooses entries: stream selectors and line filters.
@NullMarked
package dev.weir.agent.logql;

import org.jspecify.annotations.NullMarked;
