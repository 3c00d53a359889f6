@NullMarked
package dev.weir.operator.reconcile;

import org.jspecify.annotations.NullMarked;
