/// Places in log streams that are read through an API, where time is the only address: where to go
/// on, what was read before, what is confirmed.
@NullMarked
package dev.weir.agent.loki.stream;

import org.jspecify.annotations.NullMarked;
