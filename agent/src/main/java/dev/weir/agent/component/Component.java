package dev.weir.agent.component;

import java.util.Optional;

/// A running component of a configuration.
///
/// Built from decoded arguments by its [ComponentType]; then [#run] is called once on a thread of
/// its own, and [#update] any number of times, from other threads, one at a time, before or while
/// it runs. A component publishes what others refer to through [ComponentContext#publish], first in
/// its constructor where it can.
///
/// @param <A> its arguments
public interface Component<A extends Record> {
  /// Works until its thread is interrupted, then lets go of everything it holds and returns.
  ///
  /// Returning earlier marks the component as exited. Every thread it started has ended when it
  /// returns.
  void run() throws InterruptedException;

  /// Takes new arguments in place: connections, positions and unsent entries survive.
  ///
  /// @throws ComponentException when they cannot be used; the old ones stay in force
  void update(A arguments) throws ComponentException;

  /// How the component says it is doing; `Optional.empty()` when it has nothing to add to what the
  /// runtime sees. Called by any thread, must not block.
  default Optional<Health> health() {
    return Optional.empty();
  }

  /// What the component API shows as debug information: a record, or empty. Called by any thread.
  default Optional<Record> debugInfo() {
    return Optional.empty();
  }

  /// What it has to tell of its part in moving entries; empty when it neither reads nor delivers.
  /// Called by any thread, must not block.
  default Optional<Report> report() {
    return Optional.empty();
  }
}
