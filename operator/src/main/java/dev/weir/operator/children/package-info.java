/// The objects that a class of agents consists of, as pure functions of the class and its
/// pipelines.
@NullMarked
package dev.weir.operator.children;

import org.jspecify.annotations.NullMarked;
