package dev.weir.agent.loki.write;

import java.util.List;
import java.util.function.IntPredicate;

/// Takes a part of a push apart. The pieces hold the same encoded entries, in the same order per
/// stream.
final class Splitter {
  private final SnappyBlocks snappy;

  Splitter(SnappyBlocks snappy) {
    this.snappy = snappy;
  }

  /// Entries of a part that are refused.
  ///
  /// @param payload bytes of text and structured metadata; where nobody knows which entries, those
  ///   of an average one
  record Refused(int entries, long payload) {}

  /// The first and the second half of a part with more than one entry.
  List<Push.Part> halves(Push.Part part) {
    PushContent content = content(part);
    int middle = content.entries() / 2;
    return List.of(packed(content, i -> i < middle), packed(content, i -> i >= middle));
  }

  /// What a rejection refuses of a part, at least one entry.
  Refused refused(Push.Part part, Rejection rejection) {
    PushContent.Streams whole = content(part).streams(rejection::refuses);
    long single = Math.max(0, rejection.errors() - whole.streams());
    int entries = Math.clamp(whole.entries() + single, 1, part.entries());
    long average = part.payload() / part.entries();
    return new Refused(entries, Math.min(part.payload(), whole.payload() + single * average));
  }

  /// A part taken apart.
  PushContent content(Push.Part part) {
    return PushContent.parse(snappy.uncompress(part.bytes(), part.length()));
  }

  private Push.Part packed(PushContent content, IntPredicate chosen) {
    PushContent.Selection some = content.select(chosen);
    var bytes = new byte[snappy.maxCompressedLength(some.bytes().length)];
    int length = snappy.compress(some.bytes(), some.bytes().length, bytes);
    return new Push.Part(bytes, length, some.bytes().length, some.entries(), some.payload());
  }
}
