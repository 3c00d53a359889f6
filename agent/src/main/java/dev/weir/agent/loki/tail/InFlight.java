package dev.weir.agent.loki.tail;

import dev.weir.agent.loki.Delivery;
import dev.weir.agent.loki.positions.FileMark.Slice;
import java.util.List;

/// A batch on its way to confirmation, and what its confirmation confirms.
final class InFlight implements Delivery.Listener {
  private final TailedFile tail;
  private final Generation generation;
  private final long end;
  private final long stdout;
  private final long stderr;
  private final Slice check;
  private final List<Generation> releases;

  // Guarded by the generation's lock.
  private boolean ended;
  private boolean delivered;

  /// @param end so far the generation was read
  /// @param releases older generations whose last line is part of this batch
  InFlight(
      TailedFile tail,
      Generation generation,
      long end,
      long stdout,
      long stderr,
      Slice check,
      List<Generation> releases) {
    this.tail = tail;
    this.generation = generation;
    this.end = end;
    this.stdout = stdout;
    this.stderr = stderr;
    this.check = check;
    this.releases = releases;
  }

  long end() {
    return end;
  }

  long stdout() {
    return stdout;
  }

  long stderr() {
    return stderr;
  }

  Slice check() {
    return check;
  }

  List<Generation> releases() {
    return releases;
  }

  void end(boolean withDelivery) {
    ended = true;
    delivered = withDelivery;
  }

  boolean isEnded() {
    return ended;
  }

  boolean isDelivered() {
    return ended && delivered;
  }

  @Override
  public void completed(boolean withDelivery) {
    tail.settled(generation.ended(this, withDelivery));
  }
}
