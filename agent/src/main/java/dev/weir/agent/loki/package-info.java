/// What flows between log components: batches of entries with labels, and proof of delivery.
///
/// A source fills a [Batch] from its lane and calls [Receiver#accept]. Everything up to the encoded
/// push of `loki.write` runs inside that call, on the source's thread; when it returns the batch
/// may be filled anew. What lives longer is the [Delivery], which ends when Loki has confirmed.
@NullMarked
package dev.weir.agent.loki;

import org.jspecify.annotations.NullMarked;
