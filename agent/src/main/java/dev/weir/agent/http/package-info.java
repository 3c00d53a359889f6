/// The agent's own HTTP server: readiness, metrics, reload and the component API.
@NullMarked
package dev.weir.agent.http;

import org.jspecify.annotations.NullMarked;
