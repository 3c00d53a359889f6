package dev.weir.agent.loki.process.stage;

import dev.weir.agent.loki.Entry;
import dev.weir.agent.loki.Slice;
import org.jspecify.annotations.Nullable;

/// `stage.split_json`: makes an entry of each element of a JSON array.
///
/// An element keeps its text byte for byte; an empty array makes none. What is no array passes
/// unchanged.
final class SplitJsonStage implements Stage {
  static final StageType<Arguments> TYPE =
      new StageType<>(
          "split_json", Arguments.class, (arguments, context) -> new SplitJsonStage(arguments));

  /// @param source what is split; the line when left out
  record Arguments(@Nullable String source) {
    Arguments {
      if (source != null && source.isEmpty()) {
        throw new IllegalArgumentException("source cannot be empty");
      }
    }
  }

  private final SourceText source;
  private final JsonCursor json = new JsonCursor();
  private int first;

  private SplitJsonStage(Arguments arguments) {
    source = new SourceText(arguments.source());
  }

  @Override
  public void process(Entry entry, Output out) {
    Slice text = source.of(entry);
    if (text == null || !isArray(text)) {
      out.emit(entry);
      return;
    }
    split(entry, text.buffer(), text.end(), out);
  }

  /// Stands behind the array's bracket at first, behind a comma later.
  private void split(Entry entry, byte[] buffer, int end, Output out) {
    Entry element = out.fresh();
    int at = first;
    while (true) {
      json.start(buffer, at, end - at);
      if (json.peek() == ']') {
        return;
      }
      int start = json.position();
      json.skipValue();
      element.copyAllFrom(entry);
      element.line(buffer, start, json.position() - start);
      boolean last = json.peek() == ']';
      at = json.position() + 1;
      out.emit(element);
      if (last) {
        return;
      }
    }
  }

  private boolean isArray(Slice text) {
    json.start(text.buffer(), text.offset(), text.length());
    boolean array = json.peek() == '[';
    first = json.position() + 1;
    return array && json.skipValue() && json.atEnd();
  }
}
