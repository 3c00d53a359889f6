/// The CRDs under `crds/`: how they are finished, and what they must be.
@NullMarked
package dev.weir.operator.crd;

import org.jspecify.annotations.NullMarked;
