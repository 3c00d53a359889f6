/// Turns Weir's custom resources into River and the objects that run it.
@NullMarked
package dev.weir.operator;

import org.jspecify.annotations.NullMarked;
