package dev.weir.agent.loki;

import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A target that has data and makes no progress.
///
/// @param target what people call it
public record Stall(String target, Backlog backlog) {
  /// The one of several targets that has stood still longest, if that is too long.
  public static Optional<Stall> worst(Collection<Stall> targets, Duration timeout) {
    return targets.stream()
        .filter(target -> target.backlog.bytes() > 0)
        .filter(target -> target.backlog.stalled().compareTo(timeout) >= 0)
        .max(Comparator.comparing(target -> target.backlog.stalled()));
  }

  /// What is wrong with the source of a stall, or null. A source does what it can while what is
  /// behind it is held up, and that tells of itself.
  public static @Nullable String problem(Optional<Stall> stall, Receiver receiver) {
    return stall.isEmpty() || receiver.holdup() != null ? null : stall.get().message();
  }

  /// What a source that does what it can has to add to its summary; may be empty.
  public static String note(Optional<Stall> stall, Receiver receiver) {
    String holdup = stall.isEmpty() ? null : receiver.holdup();
    return holdup == null ? "" : "; " + stall.orElseThrow().message() + ", held up by " + holdup;
  }

  /// One line for people: what is behind, how far, for how long.
  public String message() {
    return "%s: %d bytes wait and nothing was confirmed for %d s"
        .formatted(target, backlog.bytes(), backlog.stalled().toSeconds());
  }
}
