/// `loki.source.podlogs`: reads the logs of pods that `PodLogs` objects of a cluster choose.
@NullMarked
package dev.weir.agent.loki.source.podlogs;

import org.jspecify.annotations.NullMarked;
