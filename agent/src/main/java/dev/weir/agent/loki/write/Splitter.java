package dev.weir.agent.loki.write;

import java.util.List;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/// Takes a part of a push apart. The pieces hold the same encoded entries, in the same order per
/// stream.
final class Splitter {
  private final SnappyBlocks snappy;

  Splitter(SnappyBlocks snappy) {
    this.snappy = snappy;
  }

  /// @param refused the entries that the rejection tells of, null when there are none
  /// @param others the rest: one part, or none
  record Sorted(Push.@Nullable Part refused, List<Push.Part> others) {}

  /// The first and the second half of a part with more than one entry.
  List<Push.Part> halves(Push.Part part) {
    PushContent content = content(part);
    int middle = content.entries() / 2;
    return List.of(packed(content, i -> i < middle), packed(content, i -> i >= middle));
  }

  /// Separates the entries that a rejection tells of from the others.
  Sorted sorted(Push.Part part, Rejection rejection) {
    PushContent content = content(part);
    IntPredicate isRefused = i -> rejection.concerns(content.timestamp(i), content.lineLength(i));
    Push.Part refused = packed(content, isRefused);
    if (refused.entries() == 0) {
      return new Sorted(null, List.of());
    }
    Push.Part others = packed(content, isRefused.negate());
    return new Sorted(refused, others.entries() == 0 ? List.of() : List.of(others));
  }

  private PushContent content(Push.Part part) {
    return PushContent.parse(snappy.uncompress(part.bytes(), part.length()));
  }

  private Push.Part packed(PushContent content, IntPredicate chosen) {
    PushContent.Selection some = content.select(chosen);
    var bytes = new byte[snappy.maxCompressedLength(some.bytes().length)];
    int length = snappy.compress(some.bytes(), some.bytes().length, bytes);
    return new Push.Part(bytes, length, some.bytes().length, some.entries(), some.payload());
  }
}
