/// `loki.echo`: writes entries to the agent's own log.
@NullMarked
package dev.weir.agent.loki.echo;

import org.jspecify.annotations.NullMarked;
