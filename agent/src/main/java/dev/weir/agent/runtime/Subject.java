package dev.weir.agent.runtime;

import dev.weir.agent.river.Block;
import dev.weir.agent.river.DiagnosticsException;
import dev.weir.agent.river.eval.Scope;

/// What a block configures.
sealed interface Subject permits ComponentHost, ConfigBlockHost {
  /// Decodes the block and puts the arguments into force when they differ from those in force.
  /// Called by one thread at a time.
  ///
  /// @throws DiagnosticsException when they cannot be used; those in force stay
  void apply(Block block, Scope scope) throws DiagnosticsException;
}
