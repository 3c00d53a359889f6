/// `loki.source.api`: takes what others push as they would push it to Loki.
@NullMarked
package dev.weir.agent.loki.source.api;

import org.jspecify.annotations.NullMarked;
