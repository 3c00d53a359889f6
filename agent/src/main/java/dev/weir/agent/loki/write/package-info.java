/// `loki.write`: encodes entries as they come, and delivers them to Loki.
///
/// [LokiWrite] hands each batch to its [Endpoint]s. A [Shard] of an endpoint encodes entries into
/// their [Stream]s' bytes, gathered by tenant in an [OpenPush]; a full or old one is compressed
/// into a [Push] and queued. A [Sender] per shard posts one push after the other until Loki has
/// taken it, and settles the deliveries of its entries.
@NullMarked
package dev.weir.agent.loki.write;

import org.jspecify.annotations.NullMarked;
