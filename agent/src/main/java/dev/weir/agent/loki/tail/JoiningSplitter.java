package dev.weir.agent.loki.tail;

import dev.weir.agent.loki.Batch;

/// A splitter of records that may hold a part of a line: what spans chunks is its joiner's.
interface JoiningSplitter extends Splitter {
  /// Always the same one.
  PartJoiner joiner();

  @Override
  default void flush(Batch batch) {
    joiner().flush(batch);
  }

  @Override
  default long heldFrom(int stream, Generation generation, long end) {
    return joiner().heldFrom(stream, generation, end);
  }

  @Override
  default boolean holdsOlder(Generation generation) {
    return joiner().holdsOlder(generation);
  }
}
