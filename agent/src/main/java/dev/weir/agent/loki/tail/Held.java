package dev.weir.agent.loki.tail;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;

/// Generations that were opened for a tail while its reader was held up by a full receiver, so that
/// they outlive their deletion by further rotations.
///
/// Thread-safe. Its lock is held while new generations are looked for and until they are in here or
/// in the chain, so that none is found twice.
final class Held {
  /// Descriptors of one tail; what is rotated away beyond that is not kept from deletion.
  private static final int LIMIT = 16;

  private final TailTarget target;
  private final Chain chain;
  private final Lineage lineage;
  private final List<Generation> generations = new ArrayList<>();
  private boolean released;

  Held(TailTarget target, Chain chain, Lineage lineage) {
    this.target = target;
    this.chain = chain;
    this.lineage = lineage;
  }

  /// Opens what has taken the file's place since it was last looked at.
  synchronized void look(Lineage.Losses lost) {
    if (released || chain.isEmpty() || generations.size() >= LIMIT) {
      return;
    }
    Generation newest = generations.isEmpty() ? chain.newest() : generations.getLast();
    try {
      if (newest.isClosed() || target.roots().at(target.path()).id().equals(newest.id())) {
        return;
      }
      List<Generation> known = new ArrayList<>(chain.all());
      known.addAll(generations);
      generations.addAll(lineage.newer(known, lost));
    } catch (NoSuchFileException | FileId.MovedException e) {
      // In the middle of a rotation: the next look will see it.
    } catch (IOException e) {
      // The reader will meet it too, and tell.
    }
  }

  /// Hands over what was opened, oldest first.
  synchronized List<Generation> take() {
    List<Generation> taken = List.copyOf(generations);
    generations.clear();
    return taken;
  }

  synchronized boolean isEmpty() {
    return generations.isEmpty();
  }

  /// Bytes in them.
  synchronized long lag() {
    return generations.stream().mapToLong(Held::size).sum();
  }

  private static long size(Generation generation) {
    try {
      long size = generation.content().size();
      return size == Long.MAX_VALUE ? 0 : size;
    } catch (IOException e) {
      return 0;
    }
  }

  /// Lets go of them, and opens no more.
  synchronized void release() {
    released = true;
    for (Generation generation : take()) {
      try {
        generation.close();
      } catch (IOException e) {
        // It was only read from: nothing is lost by it.
      }
    }
  }
}
