@NullMarked
package dev.weir.agent.loki.source.gelf;

import org.jspecify.annotations.NullMarked;
