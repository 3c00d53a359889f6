/// What the components that read one object of a cluster share.
@NullMarked
package dev.weir.agent.remote.kubernetes;

import org.jspecify.annotations.NullMarked;
