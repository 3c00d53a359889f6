/// `loki.source.docker`: the logs of containers, from Docker's own files where they can be read and
/// through its API where not.
///
/// [LokiSourceDocker] is the component. It runs one [Collector] at a time: a single thread that
/// decides, from what the Engine and the configuration say, which containers are read and how.
/// Files are read by `loki.tail`; [LogStreamReader] reads the API.
@NullMarked
package dev.weir.agent.loki.source.docker;

import org.jspecify.annotations.NullMarked;
