package dev.weir.agent.loki;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One log line on its way: text, time, labels, structured metadata and what stages extracted.
///
/// A mutable slot of a [Batch], reused for the next lines; nobody keeps one beyond
/// [Receiver#accept]. The text is a slice of a shared byte array that is never written to once it
/// is in an entry: a stage with new text puts it elsewhere ([Batch#scratch]) and points the entry
/// there.
///
/// Not thread-safe: it belongs to the thread that runs its batch.
public final class Entry {
  private static final byte[] NO_BYTES = {};

  private final Batch batch;
  private byte[] buffer = NO_BYTES;
  private int offset;
  private int length;
  private long timestamp;
  private Labels labels = Labels.EMPTY;
  private Metadata metadata = Metadata.EMPTY;
  private Map<String, String> origin = Map.of();
  private @Nullable Extracted extracted;
  private boolean extractedInUse;

  Entry(Batch batch) {
    this.batch = batch;
  }

  /// The batch whose slot this is.
  public Batch batch() {
    return batch;
  }

  /// The array that the text is a slice of; not to be changed.
  public byte[] buffer() {
    return buffer;
  }

  /// Where the text starts in [#buffer].
  public int offset() {
    return offset;
  }

  /// Bytes of text, without its newline.
  public int length() {
    return length;
  }

  /// Points the entry to other text.
  public void line(byte[] newBuffer, int newOffset, int newLength) {
    buffer = newBuffer;
    offset = newOffset;
    length = newLength;
  }

  /// Sets text, see [RawText].
  public void line(String text) {
    byte[] bytes = RawText.encode(text);
    line(bytes, 0, bytes.length);
  }

  /// The text as a new string; invalid UTF-8 becomes U+FFFD. Not for the hot path.
  public String lineText() {
    return new String(buffer, offset, length, StandardCharsets.UTF_8);
  }

  /// Nanoseconds since 1970 UTC.
  public long timestamp() {
    return timestamp;
  }

  public void timestamp(long nanoseconds) {
    timestamp = nanoseconds;
  }

  public Labels labels() {
    return labels;
  }

  public void labels(Labels newLabels) {
    labels = newLabels;
  }

  public Metadata metadata() {
    return metadata;
  }

  public void metadata(Metadata newMetadata) {
    metadata = newMetadata;
  }

  /// What the source knows of where the line comes from, such as `container_name`; stages find it
  /// in the extracted map. One immutable map per stream, shared by its entries.
  public Map<String, String> origin() {
    return origin;
  }

  public void origin(Map<String, String> newOrigin) {
    origin = newOrigin;
  }

  /// The extracted map, made when first asked for: it then holds the origin and, over it, the
  /// labels as they are at that moment. `loki.process` asks before its first stage that needs it.
  public Extracted extracted() {
    Extracted map = extracted;
    if (map == null) {
      map = new Extracted();
      extracted = map;
    }
    if (!extractedInUse) {
      extractedInUse = true;
      map.start(labels, origin);
    }
    return map;
  }

  /// Forgets the extracted map, so that the next use starts with the labels of that time.
  public void forgetExtracted() {
    extractedInUse = false;
  }

  /// Makes this slot a copy of another: text by reference, everything else by value. What was
  /// extracted is not taken over.
  public void copyFrom(Entry other) {
    buffer = other.buffer;
    offset = other.offset;
    length = other.length;
    timestamp = other.timestamp;
    labels = other.labels;
    metadata = other.metadata;
    origin = other.origin;
    extractedInUse = false;
  }

  /// Like [#copyFrom], but takes over what was extracted too; its bytes are copied and live as long
  /// as the content of this slot's batch.
  public void copyAllFrom(Entry other) {
    copyFrom(other);
    extracted().copyFrom(other.extracted(), batch);
  }

  void reset() {
    buffer = NO_BYTES;
    offset = 0;
    length = 0;
    timestamp = 0;
    labels = Labels.EMPTY;
    metadata = Metadata.EMPTY;
    origin = Map.of();
    extractedInUse = false;
  }
}
