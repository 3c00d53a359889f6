package dev.weir.agent.loki.process.stage;

import dev.weir.agent.loki.Entry;
import dev.weir.agent.loki.Slice;
import dev.weir.agent.loki.TextCache;
import dev.weir.agent.regex.GoRegex;
import dev.weir.agent.river.eval.Default;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `stage.logfmt`: extracts values of `key=value` pairs.
///
/// Reading ends at the first mistake; what was read before it stays.
final class LogfmtStage implements Stage {
  static final StageType<Arguments> TYPE =
      new StageType<>(
          "logfmt", Arguments.class, (arguments, context) -> new LogfmtStage(arguments));

  /// @param mapping key by the name to extract to; empty when both are the same
  /// @param source what is read; the line when left out
  /// @param regex keys to extract under their own names
  record Arguments(
      @Default("{}") Map<String, @Nullable String> mapping,
      @Default("\"\"") String source,
      @Default("\"\"") String regex) {
    Arguments {
      if (mapping.isEmpty() && regex.isEmpty()) {
        throw new IllegalArgumentException("logfmt mapping or regex is required");
      }
      Expressions.optional(regex);
    }
  }

  private final byte[][] keys;
  private final String[] names;
  private final @Nullable GoRegex regex;
  private final SourceText source;
  private final TextCache texts = new TextCache();
  private final LogfmtCursor cursor = new LogfmtCursor();

  private LogfmtStage(Arguments arguments) {
    // Where two names want one key, the last one gets it.
    Map<String, String> byKey = new LinkedHashMap<>();
    arguments
        .mapping()
        .forEach((name, key) -> byKey.put(key == null || key.isEmpty() ? name : key, name));
    keys =
        byKey.keySet().stream()
            .map(key -> key.getBytes(StandardCharsets.UTF_8))
            .toArray(byte[][]::new);
    names = byKey.values().toArray(String[]::new);
    regex = Expressions.optional(arguments.regex());
    source = new SourceText(arguments.source());
  }

  @Override
  public void process(Entry entry, Output out) {
    Slice text = source.of(entry);
    if (text != null) {
      cursor.start(text.buffer(), text.offset(), text.length());
      while (cursor.next()) {
        pair(entry, text.buffer());
      }
    }
    out.emit(entry);
  }

  private void pair(Entry entry, byte[] buffer) {
    int from = cursor.keyOffset();
    int to = from + cursor.keyLength();
    for (int i = 0; i < keys.length; i++) {
      if (Arrays.equals(keys[i], 0, keys[i].length, buffer, from, to)) {
        put(entry, names[i]);
      }
    }
    GoRegex searched = regex;
    if (searched != null && searched.find(buffer, from, to - from)) {
      put(entry, texts.text(buffer, from, to - from));
    }
  }

  private void put(Entry entry, String name) {
    if (!cursor.valueEscaped()) {
      entry.extracted().putBytes(name, cursor.buffer(), cursor.valueOffset(), cursor.valueLength());
      return;
    }
    int at = entry.batch().reserve(cursor.valueLength());
    byte[] to = entry.batch().scratch();
    int end =
        JsonText.unescape(cursor.buffer(), cursor.valueOffset(), cursor.valueLength(), to, at);
    entry.extracted().putBytes(name, to, at, end - at);
  }
}
