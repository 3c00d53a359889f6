/// Rules that the whole code keeps: layers, names, what is not used.
@NullMarked
package dev.weir.agent.architecture;

import org.jspecify.annotations.NullMarked;
