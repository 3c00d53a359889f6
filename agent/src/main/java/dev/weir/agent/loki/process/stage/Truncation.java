package dev.weir.agent.loki.process.stage;

import dev.weir.agent.loki.Batch;
import dev.weir.agent.loki.Entry;
import dev.weir.agent.loki.Extracted;
import dev.weir.agent.loki.Labels;
import dev.weir.agent.loki.Metadata;
import dev.weir.agent.loki.Slice;
import dev.weir.agent.metrics.ComponentMetrics;
import io.micrometer.core.instrument.Counter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// One rule of `stage.truncate`.
///
/// The line and extracted values are cut at the byte; labels and structured metadata, which must be
/// UTF-8, in front of a character that does not fit. Not thread-safe.
final class Truncation {
  /// Where a rule looks.
  enum Kind {
    LINE(1),
    LABEL(2),
    STRUCTURED_METADATA(4),
    EXTRACTED(8);

    private final int bit;

    Kind(int bit) {
      this.bit = bit;
    }

    /// Its place in a set of kinds.
    int bit() {
      return bit;
    }

    /// As configuration calls it.
    String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    static Kind named(String word) {
      for (Kind kind : values()) {
        if (kind.word().equals(word)) {
          return kind;
        }
      }
      throw new IllegalArgumentException("unknown source_type: " + word);
    }
  }

  private final Kind kind;
  private final List<String> sources;
  private final String suffix;
  private final byte[] suffixBytes;
  private final int kept;
  private final Counter counter;
  private final Slice slice = new Slice();

  Truncation(TruncateStage.Rule rule, ComponentMetrics metrics) {
    kind = Kind.named(rule.sourceType());
    sources = rule.sources();
    suffix = rule.suffix();
    suffixBytes = suffix.getBytes(StandardCharsets.UTF_8);
    kept = (int) Math.min(Integer.MAX_VALUE, rule.limit().bytes() - suffixBytes.length);
    counter =
        metrics.counter(
            "loki_process_truncated_fields_total",
            "A count of all log lines, labels, extracted values, or structured_metadata truncated"
                + " as a result of a pipeline stage",
            "field",
            kind.word());
  }

  Kind kind() {
    return kind;
  }

  /// Cuts what is too long, and tells whether there was anything.
  boolean apply(Entry entry) {
    return switch (kind) {
      case LINE -> cutLine(entry);
      case LABEL -> cutLabels(entry);
      case STRUCTURED_METADATA -> cutMetadata(entry);
      case EXTRACTED -> cutExtracted(entry);
    };
  }

  private boolean cutLine(Entry entry) {
    slice.set(entry);
    if (slice.length() <= kept) {
      return false;
    }
    cutSlice(entry.batch());
    entry.line(slice.buffer(), slice.offset(), slice.length());
    return true;
  }

  /// Points the slice to what is left of it.
  private void cutSlice(Batch batch) {
    counter.increment();
    if (suffixBytes.length == 0) {
      slice.set(slice.buffer(), slice.offset(), kept);
      return;
    }
    int at = batch.reserve(kept + suffixBytes.length);
    System.arraycopy(slice.buffer(), slice.offset(), batch.scratch(), at, kept);
    System.arraycopy(suffixBytes, 0, batch.scratch(), at + kept, suffixBytes.length);
    slice.set(batch.scratch(), at, kept + suffixBytes.length);
  }

  private boolean cutLabels(Entry entry) {
    Labels labels = entry.labels();
    boolean cut = false;
    for (int i = 0; i < labels.size(); i++) {
      if (isMeant(labels.name(i)) && isTooLong(labels.value(i))) {
        entry.labels(entry.labels().with(labels.name(i), cut(labels.value(i))));
        cut = true;
      }
    }
    return cut;
  }

  private boolean cutMetadata(Entry entry) {
    Metadata metadata = entry.metadata();
    boolean cut = false;
    for (int i = 0; i < metadata.size(); i++) {
      if (isMeant(metadata.name(i)) && isTooLong(metadata.value(i))) {
        entry.metadata(entry.metadata().with(metadata.name(i), cut(metadata.value(i))));
        cut = true;
      }
    }
    return cut;
  }

  private boolean cutExtracted(Entry entry) {
    Extracted extracted = entry.extracted();
    List<String> names = sources;
    if (names.isEmpty()) {
      List<String> all = new ArrayList<>();
      extracted.forEach((name, value) -> all.add(name));
      names = all;
    }
    boolean cut = false;
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      if (extracted.isText(name) && extracted.read(name, slice) && slice.length() > kept) {
        cutSlice(entry.batch());
        extracted.putBytes(name, slice.buffer(), slice.offset(), slice.length());
        cut = true;
      }
    }
    return cut;
  }

  private boolean isMeant(String name) {
    return sources.isEmpty() || sources.contains(name);
  }

  private boolean isTooLong(String value) {
    // A character takes three bytes at most.
    return value.length() > kept / 3 && value.getBytes(StandardCharsets.UTF_8).length > kept;
  }

  private String cut(String value) {
    counter.increment();
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    int end = kept;
    while (end > 0 && (bytes[end] & 0xc0) == 0x80) {
      end--;
    }
    return new String(bytes, 0, end, StandardCharsets.UTF_8) + suffix;
  }
}
