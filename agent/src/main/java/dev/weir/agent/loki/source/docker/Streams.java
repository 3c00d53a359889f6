package dev.weir.agent.loki.source.docker;

import dev.weir.agent.loki.tail.TailStream;

/// What the entries of a container's two streams carry.
record Streams(TailStream stdout, TailStream stderr) {}
