/// `loki.source.gelf`: takes GELF messages over UDP.
@NullMarked
package dev.weir.agent.loki.source.gelf;

import org.jspecify.annotations.NullMarked;
