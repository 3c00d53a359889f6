/// `loki.source.kafka` against a broker.
@NullMarked
package dev.weir.agent.loki.source.kafka;

import org.jspecify.annotations.NullMarked;
