/// Doubles that the operator's tests run against: an API server and agents.
@NullMarked
package dev.weir.operator.testkit;

import org.jspecify.annotations.NullMarked;
