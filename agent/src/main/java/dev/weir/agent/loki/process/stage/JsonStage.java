package dev.weir.agent.loki.process.stage;

import dev.weir.agent.loki.Batch;
import dev.weir.agent.loki.Entry;
import dev.weir.agent.loki.Extracted;
import dev.weir.agent.loki.Slice;
import dev.weir.agent.loki.TextCache;
import dev.weir.agent.regex.GoRegex;
import dev.weir.agent.river.eval.Default;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `stage.json`: extracts values of a JSON object.
///
/// Fields of the object itself are read where they stand; only expressions that ask for more, and
/// values that are objects or lists, make a tree.
final class JsonStage implements Stage {
  static final StageType<Arguments> TYPE =
      new StageType<>("json", Arguments.class, (arguments, context) -> new JsonStage(arguments));

  /// @param expressions JMESPath by the name to extract to; empty for the field of that name
  /// @param regex names of fields to extract, whatever they are called
  /// @param source what is parsed; the line when left out
  /// @param dropMalformed whether an entry without a JSON object is dropped
  record Arguments(
      @Default("{}") Map<String, @Nullable String> expressions,
      @Default("\"\"") String regex,
      @Nullable String source,
      @Default("false") boolean dropMalformed) {
    Arguments {
      if (expressions.isEmpty() && regex.isEmpty()) {
        throw new IllegalArgumentException("JMES expressions or regex is required");
      }
      SourceText.requireNamed(source);
      JsonExpressions.of(expressions);
      Expressions.optional(regex);
    }
  }

  private final List<JsonExpressions.Field> fields;
  private final List<JsonExpressions.Path> paths;
  private final boolean[] found;
  private final @Nullable GoRegex regex;
  private final SourceText source;
  private final boolean dropMalformed;
  private final JsonCursor json = new JsonCursor();
  private final TextCache names = new TextCache();

  private JsonStage(Arguments arguments) {
    JsonExpressions expressions = JsonExpressions.of(arguments.expressions());
    fields = expressions.fields();
    paths = expressions.paths();
    found = new boolean[fields.size()];
    regex = Expressions.optional(arguments.regex());
    source = new SourceText(arguments.source());
    dropMalformed = arguments.dropMalformed();
  }

  @Override
  public void process(Entry entry, Output out) {
    Slice text = source.of(entry);
    boolean good = text == null || extract(entry, text.buffer(), text.offset(), text.length());
    if (good || !dropMalformed) {
      out.emit(entry);
    }
  }

  /// Extracts nothing unless all of it is JSON, and an object.
  private boolean extract(Entry entry, byte[] buffer, int offset, int length) {
    json.start(buffer, offset, length);
    byte kind = json.peek();
    if ((kind != '{' && kind != 'n') || !json.skipValue() || !json.atEnd()) {
      return false;
    }
    if (kind == 'n') {
      // Null is an object without fields.
      fields.forEach(field -> entry.extracted().put(field.to(), null));
      paths.forEach(path -> entry.extracted().put(path.to(), null));
      return true;
    }
    if (!fields.isEmpty() || regex != null) {
      extractFields(entry, buffer, offset, length);
    }
    if (!paths.isEmpty()) {
      JsonTree.extract(entry.extracted(), paths, buffer, offset, length);
    }
    return true;
  }

  private void extractFields(Entry entry, byte[] buffer, int offset, int length) {
    Arrays.fill(found, false);
    json.start(buffer, offset, length);
    json.enterObject();
    while (json.nextField()) {
      int nameOffset = json.stringOffset();
      int nameLength = json.stringLength();
      boolean escaped = json.stringEscaped();
      json.peek();
      int valueStart = json.position();
      json.skipValue();
      field(entry, name(buffer, nameOffset, nameLength, escaped), buffer, valueStart);
    }
    Extracted extracted = entry.extracted();
    for (int i = 0; i < fields.size(); i++) {
      if (!found[i]) {
        extracted.put(fields.get(i).to(), null);
      }
    }
  }

  private String name(byte[] buffer, int offset, int length, boolean escaped) {
    if (!escaped) {
      return names.text(buffer, offset, length);
    }
    var plain = new byte[length];
    int end = JsonText.unescape(buffer, offset, length, plain, 0);
    return new String(plain, 0, end, StandardCharsets.UTF_8);
  }

  private void field(Entry entry, String name, byte[] buffer, int start) {
    if (regex != null && regex.find(name)) {
      put(entry, name, buffer, start, json.position());
    }
    for (int i = 0; i < fields.size(); i++) {
      if (fields.get(i).from().equals(name)) {
        found[i] = true;
        put(entry, fields.get(i).to(), buffer, start, json.position());
      }
    }
  }

  private void put(Entry entry, String name, byte[] buffer, int start, int end) {
    Extracted extracted = entry.extracted();
    switch (buffer[start]) {
      case '"' -> {
        if (json.stringEscaped()) {
          Batch batch = entry.batch();
          int to = batch.reserve(end - start - 2);
          int length =
              JsonText.unescape(buffer, start + 1, end - start - 2, batch.scratch(), to) - to;
          extracted.putBytes(name, batch.scratch(), to, length);
        } else {
          extracted.putBytes(name, buffer, start + 1, end - start - 2);
        }
      }
      case 't' -> extracted.put(name, true);
      case 'f' -> extracted.put(name, false);
      case 'n' -> extracted.put(name, null);
      case '{', '[' -> extracted.put(name, JsonTree.compact(buffer, start, end - start));
      default ->
          extracted.put(
              name,
              Double.parseDouble(
                  new String(buffer, start, end - start, StandardCharsets.US_ASCII)));
    }
  }
}
