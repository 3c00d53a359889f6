package dev.weir.agent.runtime;

import dev.weir.agent.component.ComponentException;

/// A block of configuration that is no component and has no label: `logging`, `server`.
///
/// A configuration that leaves the block out is one where it stands empty, so that removing it
/// brings the defaults back.
///
/// @param name as in configuration
/// @param arguments the record its block decodes into
/// @param <A> its arguments
public record ConfigBlockType<A extends Record>(
    String name, Class<A> arguments, Applier<A> applier) {
  /// Puts arguments into force.
  ///
  /// @param <A> its arguments
  @FunctionalInterface
  public interface Applier<A> {
    /// Called by one thread at a time, only when the arguments differ from those in force.
    ///
    /// @throws ComponentException when they cannot be used; the old ones stay in force
    void apply(A arguments) throws ComponentException;
  }
}
