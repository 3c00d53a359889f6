@NullMarked
package dev.weir.operator.children;

import org.jspecify.annotations.NullMarked;
