/// The HTTP servers of components that are pushed to: arguments, TLS, limits, metrics.
@NullMarked
package dev.weir.agent.httpserver;

import org.jspecify.annotations.NullMarked;
