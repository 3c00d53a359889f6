/// `loki.process`: runs entries through stages.
@NullMarked
package dev.weir.agent.loki.process;

import org.jspecify.annotations.NullMarked;
