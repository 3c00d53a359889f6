/// Runs the fuzz targets of all packages.
@NullMarked
package dev.weir.agent.fuzz;

import org.jspecify.annotations.NullMarked;
