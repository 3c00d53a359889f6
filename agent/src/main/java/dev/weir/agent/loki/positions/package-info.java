/// Where reading goes on after a restart: what Loki has confirmed, per source, on disk.
@NullMarked
package dev.weir.agent.loki.positions;

import org.jspecify.annotations.NullMarked;
