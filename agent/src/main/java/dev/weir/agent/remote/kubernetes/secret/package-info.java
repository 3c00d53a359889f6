/// `remote.kubernetes.secret`: the data of a Secret.
@NullMarked
package dev.weir.agent.remote.kubernetes.secret;

import org.jspecify.annotations.NullMarked;
