package dev.weir.agent.sandbox;

import dev.weir.agent.loki.Labels;
import dev.weir.agent.loki.Metadata;

/// An entry that the sandbox holds.
///
/// @param labels as pushed, without what Loki adds to them
/// @param timestamp nanoseconds since 1970 UTC
/// @param line the text; invalid UTF-8 shows as U+FFFD
/// @param metadata as pushed, without what Loki adds to it
/// @param pushes how often it was pushed: more than 1 for an entry that Loki saw again
/// @param arrival grows from entry to entry in the order in which they first arrived, over all
///   streams and tenants
public record StoredEntry(
    Labels labels, long timestamp, String line, Metadata metadata, int pushes, long arrival) {}
