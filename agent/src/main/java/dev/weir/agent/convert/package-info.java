/// Other agents' configuration, turned into River.
@NullMarked
package dev.weir.agent.convert;

import org.jspecify.annotations.NullMarked;
