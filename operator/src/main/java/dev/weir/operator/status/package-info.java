/// What users read of their pipelines: conditions, counts, events.
@NullMarked
package dev.weir.operator.status;

import org.jspecify.annotations.NullMarked;
