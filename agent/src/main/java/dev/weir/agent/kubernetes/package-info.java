/// Access to a Kubernetes API server, and what its objects are called as labels.
///
/// Nothing of the client library is loaded before [Cluster] is used.
@NullMarked
package dev.weir.agent.kubernetes;

import org.jspecify.annotations.NullMarked;
