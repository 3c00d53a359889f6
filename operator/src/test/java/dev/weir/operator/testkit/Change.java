package dev.weir.operator.testkit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/// One step of an object, as watches tell of it.
///
/// @param before null when it was created
/// @param after null when it was deleted
record Change(
    long revision, StoredKey key, @Nullable ObjectNode before, @Nullable ObjectNode after) {}
