@NullMarked
package dev.weir.agent.loki.source.api;

import org.jspecify.annotations.NullMarked;
