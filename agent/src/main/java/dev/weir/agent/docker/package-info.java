/// Access to a Docker Engine: what containers there are, what happens to them, what they log.
///
/// Reads only: no other request than `GET` can be made, by construction of [EngineTransport].
@NullMarked
package dev.weir.agent.docker;

import org.jspecify.annotations.NullMarked;
