/// `loki.source.kafka`: messages of Kafka's topics, as a member of a consumer group.
@NullMarked
package dev.weir.agent.loki.source.kafka;

import org.jspecify.annotations.NullMarked;
