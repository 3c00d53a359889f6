/// The chart, as Helm renders it.
@NullMarked
package dev.weir.operator.chart;

import org.jspecify.annotations.NullMarked;
