/// `discovery.docker`: the containers of a Docker Engine as targets.
@NullMarked
package dev.weir.agent.discovery.docker;

import org.jspecify.annotations.NullMarked;
