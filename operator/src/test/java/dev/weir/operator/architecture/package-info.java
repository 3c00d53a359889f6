/// Which package may know which.
@NullMarked
package dev.weir.operator.architecture;

import org.jspecify.annotations.NullMarked;
