package dev.weir.operator.plan;

import dev.weir.operator.render.SecretRef;

/// The values that pipelines refer to, as they were last seen.
public interface SecretValues {
  /// What is known of a value; never asks the cluster.
  Value value(SecretRef ref);

  /// What is known of a value.
  sealed interface Value {
    /// It is there.
    ///
    /// @param base64 the value
    record Present(String base64) implements Value {}

    /// Its object is not there, or may not be read.
    ///
    /// @param message why, and what to do
    record NoObject(String message) implements Value {}

    /// The object has no such key.
    ///
    /// @param message the keys that it has
    record NoKey(String message) implements Value {}
  }
}
