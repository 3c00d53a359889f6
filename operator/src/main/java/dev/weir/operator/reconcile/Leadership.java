package dev.weir.operator.reconcile;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How one of several operators becomes the one that works.
///
/// @param namespace of the lease
/// @param name of the lease
/// @param identity of this operator; null for one of its own
/// @param lease how long a leader that is not heard of stays leader
/// @param renew how long a leader tries to stay it
/// @param retry between two tries
/// @param exit whether the process ends when it stops leading, as two must never work at a time
public record Leadership(
    String namespace,
    String name,
    @Nullable String identity,
    Duration lease,
    Duration renew,
    Duration retry,
    boolean exit) {
  public static Leadership usual(String namespace, String name, @Nullable String identity) {
    return new Leadership(
        namespace,
        name,
        identity,
        Duration.ofSeconds(15),
        Duration.ofSeconds(10),
        Duration.ofSeconds(2),
        true);
  }
}
