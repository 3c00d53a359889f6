@NullMarked
package dev.weir.agent.loki.source.podlogs;

import org.jspecify.annotations.NullMarked;
