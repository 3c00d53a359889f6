package dev.weir.agent.loki.tail;

import dev.weir.agent.loki.positions.FileMark;
import dev.weir.agent.loki.positions.FilePosition;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// The generations of one tail that are not finished, oldest first, the newest last.
///
/// Only the tail's reading thread changes it; others see it as it was or as it is.
final class Chain implements Iterable<Generation> {
  /// How long a file that was renamed or deleted may still get lines from a slow writer.
  static final long LINGER = TimeUnit.SECONDS.toNanos(5);

  private final Rotation rotation;
  private final Lineage lineage;
  private volatile List<Generation> generations = List.of();

  Chain(Rotation rotation, Lineage lineage) {
    this.rotation = rotation;
    this.lineage = lineage;
  }

  @Override
  public Iterator<Generation> iterator() {
    return generations.iterator();
  }

  boolean isEmpty() {
    return generations.isEmpty();
  }

  List<Generation> all() {
    return generations;
  }

  Generation newest() {
    return generations.getLast();
  }

  /// Those before one.
  List<Generation> olderThan(Generation generation) {
    List<Generation> all = generations;
    return all.subList(0, Math.max(0, all.indexOf(generation)));
  }

  /// Appends generations; those before the newest will be sealed, at once where their writer has
  /// closed them.
  void append(List<Generation> newer, long now) {
    List<Generation> longer = new ArrayList<>(generations);
    longer.addAll(newer);
    generations = List.copyOf(longer);
    long sealAt = rotation == Rotation.NUMBERED ? now : now + LINGER;
    for (Generation generation : longer.subList(0, longer.size() - 1)) {
      generation.sealAt(sealAt);
    }
  }

  /// A generation was truncated or overwritten: goes on with a copy of it, if there is one, and
  /// with what is there now.
  void replace(Generation generation, Lineage.Losses lost) throws IOException {
    long unread = Math.max(0, generation.largest() - generation.offset());
    Generation copy = lineage.copyOf(generation);
    List<Generation> longer = new ArrayList<>(generations);
    longer.add(longer.indexOf(generation) + 1, generation.giveUp());
    if (copy != null) {
      generation.goOnWith(copy);
    } else {
      generation.abandon();
      lost.lost(unread, "file was truncated or overwritten before it was read to its end");
    }
    generations = List.copyOf(longer);
  }

  /// Lets go of generations that are confirmed whole.
  ///
  /// @return whether there were any
  boolean retire() throws IOException {
    boolean any = false;
    for (Generation generation : generations) {
      if (!generation.isClosed() && generation.isFinished()) {
        generation.close();
        any = true;
      }
    }
    if (any) {
      List<Generation> left = new ArrayList<>(generations);
      left.subList(0, left.size() - 1).removeIf(this::isRetired);
      generations = List.copyOf(left);
    }
    return any;
  }

  private boolean isRetired(Generation generation) {
    if (generation.isClosed()) {
      lineage.finish(generation);
    }
    return generation.isClosed();
  }

  void seal() {
    generations.forEach(Generation::seal);
  }

  boolean hasFailed() {
    return generations.stream().anyMatch(Generation::hasFailed);
  }

  /// Goes back to what is confirmed.
  void rewind(Lineage.Losses lost) {
    for (Generation generation : generations) {
      long gone = generation.rewind();
      if (gone > 0) {
        lost.lost(gone, "what could not be delivered at first was overwritten meanwhile");
      }
    }
  }

  /// Whether every batch that was sent has been confirmed.
  boolean isConfirmed() {
    return generations.stream().allMatch(Generation::isConfirmed);
  }

  /// Whether no batch is on its way.
  boolean isSettled() {
    return generations.stream().allMatch(Generation::isSettled);
  }

  /// Where to go on after a restart; empty before anything was opened.
  Optional<FilePosition> position() {
    List<Generation> all = generations;
    if (all.isEmpty()) {
      return Optional.empty();
    }
    List<FileMark> marks = new ArrayList<>(lineage.finished());
    for (Generation generation : all) {
      marks.add(generation.mark(generation.isFinished()));
    }
    return Optional.of(new FilePosition(marks));
  }

  /// The counts with the places of the newest generation.
  ///
  /// @param more bytes to be read beyond those of the chain
  TailStats stats(TailCounts counts, long more) {
    List<Generation> all = generations;
    long lag = more + all.stream().mapToLong(Generation::lag).sum();
    return all.isEmpty()
        ? counts.stats(0, 0, 0)
        : counts.stats(all.getLast().offset(), all.getLast().size(), lag);
  }

  /// Lets go of every descriptor.
  void release() {
    for (Generation generation : generations) {
      try {
        generation.content().close();
      } catch (IOException e) {
        // It was only read from: nothing is lost by it.
      }
    }
  }
}
