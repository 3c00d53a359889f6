package dev.weir.agent.loki.write;

import dev.weir.agent.river.eval.ByteSize;
import dev.weir.agent.river.eval.Default;

/// The quarantine: entries that a Loki refuses for good are kept in `quarantine.jsonl` in the
/// component's directory, which only the agent's user can read, instead of being counted only.
///
/// @param maxSize of that file and the older one beside it, `quarantine.jsonl.1`, together
public record QuarantineArguments(@Default("\"16MiB\"") ByteSize maxSize) {
  private static final long LEAST_SIZE = 64 << 10;
  private static final long LARGEST_SIZE = 1 << 30;

  public QuarantineArguments {
    if (maxSize.bytes() < LEAST_SIZE || maxSize.bytes() > LARGEST_SIZE) {
      throw new IllegalArgumentException("quarantine max_size must be between 64KiB and 1GiB");
    }
  }
}
