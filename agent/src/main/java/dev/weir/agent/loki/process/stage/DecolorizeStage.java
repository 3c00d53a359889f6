package dev.weir.agent.loki.process.stage;

import dev.weir.agent.loki.Batch;
import dev.weir.agent.loki.Entry;

/// `stage.decolorize`: removes the control sequences of terminals, such as colours, from the line.
final class DecolorizeStage implements Stage {
  static final StageType<Arguments> TYPE =
      new StageType<>("decolorize", Arguments.class, (arguments, context) -> new DecolorizeStage());

  /// None.
  record Arguments() {}

  private DecolorizeStage() {}

  @Override
  public void process(Entry entry, Output out) {
    byte[] text = entry.buffer();
    int end = entry.offset() + entry.length();
    int first = AnsiSequence.next(text, entry.offset(), end);
    if (first < end) {
      strip(entry, text, first, end);
    }
    out.emit(entry);
  }

  private static void strip(Entry entry, byte[] text, int first, int end) {
    Batch batch = entry.batch();
    int start = batch.reserve(entry.length());
    byte[] to = batch.scratch();
    int size = first - entry.offset();
    System.arraycopy(text, entry.offset(), to, start, size);
    int at = first;
    while (at < end) {
      int past = AnsiSequence.past(text, at, end);
      // A start without a sequence is text, and so is all up to the next start.
      int next = AnsiSequence.next(text, past == at ? at + 1 : past, end);
      System.arraycopy(text, past, to, start + size, next - past);
      size += next - past;
      at = next;
    }
    entry.line(to, start, size);
  }
}
