@NullMarked
package dev.weir.operator.render;

import org.jspecify.annotations.NullMarked;
