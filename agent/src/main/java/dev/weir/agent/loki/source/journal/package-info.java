/// `loki.source.journal`: reads the journal of systemd, through its own library.
@NullMarked
package dev.weir.agent.loki.source.journal;

import org.jspecify.annotations.NullMarked;
