package dev.weir.agent.loki.tail;

import dev.weir.agent.loki.Batch;
import dev.weir.agent.loki.Entry;
import dev.weir.agent.loki.tail.LineFormat.PlainLines;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Splits text at newlines. UTF-8 stays where it is in the chunk; other encodings are turned into
/// it in a buffer of their own.
final class PlainSplitter implements Splitter {
  private final int longestLine;
  private TailStream stream;
  private long lastTimestamp;
  private TextEncoding declared;
  private TextEncoding encoding;
  private int mark;
  private @Nullable Generation prepared;
  private @Nullable Transcoder transcoder;

  PlainSplitter(PlainLines format, int longestLine) {
    this.stream = format.stream();
    this.declared = format.encoding();
    this.encoding = format.encoding();
    this.longestLine = longestLine;
  }

  @Override
  public void format(LineFormat format) {
    var plain = (PlainLines) format;
    stream = plain.stream();
    if (!declared.equals(plain.encoding())) {
      declared = plain.encoding();
      prepared = null;
    }
  }

  @Override
  public void prepare(Generation generation, byte[] scratch) throws IOException {
    if (generation == prepared) {
      return;
    }
    TextStart start = TextStart.of(generation.content(), declared, scratch);
    if (!start.encoding().equals(encoding)) {
      encoding = start.encoding();
      transcoder = null;
    }
    mark = start.mark();
    prepared = start.sure() ? generation : null;
  }

  @Override
  public int complete(byte[] bytes, int from, int to) {
    return encoding.behindLast(bytes, from, to);
  }

  @Override
  public void split(Chunk chunk, Batch batch) {
    byte[] bytes = chunk.bytes;
    int at = start(chunk);
    if (!encoding.isUtf8()) {
      splitEncoded(chunk, batch, at);
      return;
    }
    while (at < chunk.to && batch.size() < BATCH_LIMIT) {
      int newline = Newlines.next(bytes, at, chunk.to);
      add(chunk, batch, at, newline);
      at = newline + 1;
    }
    chunk.from = at;
  }

  @Override
  public void cut(Chunk chunk, Batch batch, boolean last) {
    byte[] bytes = chunk.bytes;
    int start = start(chunk);
    int end = chunk.to;
    if (!encoding.isUtf8()) {
      cutEncoded(chunk, batch, start, last);
      return;
    }
    if (!last) {
      end = characterStart(bytes, start, end);
      chunk.cut++;
    }
    if (start < end) {
      add(chunk, batch, start, end);
    }
    chunk.from = end;
  }

  /// Where the last character before `end` starts if it is cut off by `end`.
  static int characterStart(byte[] bytes, int start, int end) {
    int p = end;
    while (p > start + 1 && end - p < 4 && (bytes[p] & 0xC0) == 0x80) {
      p--;
    }
    return (bytes[p] & 0xC0) == 0x80 ? end : p;
  }

  private void add(Chunk chunk, Batch batch, int start, int end) {
    byte[] bytes = chunk.bytes;
    int from = start;
    // A writer that did not notice a truncation leaves a hole of zeros before what it writes next.
    while (from < end && bytes[from] == 0) {
      from++;
    }
    int to = end > from && bytes[end - 1] == '\r' ? end - 1 : end;
    if (from > start) {
      chunk.broken++;
      if (from == end) {
        return;
      }
    }
    emitPieces(chunk, batch, bytes, from, to);
  }

  private void emitPieces(Chunk chunk, Batch batch, byte[] bytes, int start, int to) {
    int from = start;
    while (to - from > longestLine) {
      int piece = characterStart(bytes, from, from + longestLine);
      emit(chunk, batch, bytes, from, piece);
      from = piece;
      chunk.cut++;
    }
    emit(chunk, batch, bytes, from, to);
  }

  private void emit(Chunk chunk, Batch batch, byte[] bytes, int from, int to) {
    lastTimestamp = Math.max(chunk.readAt, lastTimestamp + 1);
    Entry entry = batch.add();
    entry.line(bytes, from, to - from);
    entry.timestamp(lastTimestamp);
    entry.labels(stream.labels());
    entry.origin(stream.origin());
  }

  private int start(Chunk chunk) {
    return chunk.position() == 0 ? Math.min(chunk.from + mark, chunk.to) : chunk.from;
  }

  private void splitEncoded(Chunk chunk, Batch batch, int start) {
    Transcoder text = text();
    text.clear();
    int at = start;
    while (at < chunk.to && batch.size() < BATCH_LIMIT) {
      int newline = encoding.next(chunk.bytes, at, chunk.to);
      addEncoded(chunk, batch, at, newline, true);
      at = Math.min(newline + encoding.unit(), chunk.to);
    }
    chunk.from = at;
  }

  private void cutEncoded(Chunk chunk, Batch batch, int start, boolean last) {
    text().clear();
    if (!last) {
      chunk.cut++;
    }
    chunk.from = start < chunk.to ? addEncoded(chunk, batch, start, chunk.to, last) : chunk.to;
  }

  /// Returns the place behind what it took: all but a character that is cut off.
  private int addEncoded(Chunk chunk, Batch batch, int start, int end, boolean whole) {
    int from = behindZeros(chunk.bytes, start, end);
    if (from > start) {
      chunk.broken++;
      if (from == end) {
        return end;
      }
    }
    Transcoder text = text();
    int before = text.size();
    int taken = text.decode(chunk.bytes, from, end, whole);
    int to = text.size();
    boolean returned = whole && to > before && text.bytes()[to - 1] == '\r';
    emitPieces(chunk, batch, text.bytes(), before, returned ? to - 1 : to);
    return taken > from ? taken : end;
  }

  private int behindZeros(byte[] bytes, int start, int end) {
    int unit = encoding.unit();
    int from = start;
    while (from + unit <= end) {
      for (int i = 0; i < unit; i++) {
        if (bytes[from + i] != 0) {
          return from;
        }
      }
      from += unit;
    }
    return from;
  }

  private Transcoder text() {
    Transcoder known = transcoder;
    if (known == null) {
      known = new Transcoder(encoding.charset());
      transcoder = known;
    }
    return known;
  }

  @Override
  public void flush(Batch batch) {
    // Nothing is held: an incomplete line stays in the file.
  }

  @Override
  public long heldFrom(int streamIndex, Generation generation, long end) {
    return end;
  }

  @Override
  public boolean holdsOlder(Generation generation) {
    return false;
  }

  @Override
  public void reset() {
    // Nothing is held.
  }
}
