package dev.weir.agent.loki.tail;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How a tail of an archive differs from that of a file that grows: it is done at the archive's
/// end, and what was added since is found by decompressing it anew.
///
/// Belongs to the tail's reading thread.
final class Archive {
  private final TailTarget target;
  private final long notBefore;
  private @Nullable String told;

  private Archive(TailTarget target, Compression compression, long now) {
    this.target = target;
    this.notBefore = now + compression.initialDelay().toNanos();
  }

  /// The archive that a target is, or null.
  static @Nullable Archive of(TailTarget target, long now) {
    Compression compression = target.compression();
    return compression == null ? null : new Archive(target, compression, now);
  }

  boolean mayRead(long now) {
    return now - notBefore >= 0;
  }

  /// Marks a generation that was read to its end, or tells why it cannot be.
  ///
  /// @return whether its last line can now be read without a newline
  boolean ends(Generation generation) {
    if (!(generation.content() instanceof PackedContent packed) || generation.isSealed()) {
      return false;
    }
    if (packed.isComplete()) {
      generation.seal();
      return true;
    }
    String damage = packed.damage();
    if (damage != null && !damage.equals(told)) {
      told = damage;
      target
          .listener()
          .failing("archive is damaged or still being written, what precedes was read: " + damage);
    }
    return false;
  }

  /// Looks for another archive at the path, or more in it, once all before is confirmed.
  ///
  /// @return the rest to be read; empty when there is nothing new
  List<Generation> more(Generation newest, Lineage lineage) throws IOException {
    FileId.Found found = target.roots().at(target.path());
    boolean same = found.id().equals(newest.id()) && found.modified() == newest.modified();
    if (same || !newest.isConfirmed()) {
      return List.of();
    }
    List<Generation> rest = lineage.again(newest);
    if (!rest.isEmpty() && !newest.isClosed()) {
      newest.abandon();
    }
    told = null;
    target.listener().reading();
    return rest;
  }
}
