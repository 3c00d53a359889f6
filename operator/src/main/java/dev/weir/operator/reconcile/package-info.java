/// Brings the cluster to what classes and pipelines ask for, and tells how that went.
@NullMarked
package dev.weir.operator.reconcile;

import org.jspecify.annotations.NullMarked;
