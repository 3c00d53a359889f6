/// Tests of times in Go's forms.
@NullMarked
package dev.weir.agent.timelayout;

import org.jspecify.annotations.NullMarked;
