package dev.weir.agent.loki.process.stage;

import dev.weir.agent.loki.Entry;
import dev.weir.agent.loki.Extracted;
import dev.weir.agent.river.eval.Default;

/// `stage.windowsevent`: extracts the sections of a Windows event's message: the first one as
/// `Description`, the others as `Section_Key`.
final class WindowsEventStage implements Stage {
  static final StageType<Arguments> TYPE =
      new StageType<>(
          "windowsevent",
          Arguments.class,
          (arguments, context) -> new WindowsEventStage(arguments));

  /// @param source name of the extracted message
  /// @param dropInvalidLabels whether keys that are no label names are left out, not changed
  /// @param overwriteExisting whether a key that is there already is replaced; otherwise the new
  ///   one gets `_extracted` at its end
  record Arguments(
      @Default("\"message\"") String source,
      @Default("false") boolean dropInvalidLabels,
      @Default("false") boolean overwriteExisting) {
    Arguments {
      LabelNames.require(source);
    }
  }

  private static final String LINE_END = "\r\n";

  private final Arguments arguments;

  private WindowsEventStage(Arguments arguments) {
    this.arguments = arguments;
  }

  @Override
  public void process(Entry entry, Output out) {
    Extracted extracted = entry.extracted();
    String message = extracted.text(arguments.source());
    if (message != null) {
      String[] sections = message.split(LINE_END + LINE_END, -1);
      put(extracted, "Description", sections[0]);
      for (int i = 1; i < sections.length; i++) {
        section(extracted, sections[i].split(LINE_END, -1));
      }
    }
    out.emit(entry);
  }

  private void section(Extracted extracted, String[] lines) {
    String prefix = "";
    int at = 0;
    while (at < lines.length) {
      int colon = lines[at].indexOf(':');
      if (colon < 0) {
        at++;
        continue;
      }
      String key = lines[at].substring(0, colon);
      var value = new StringBuilder(lines[at].substring(colon + 1));
      at++;
      if (value.isEmpty()) {
        // Only the first line can be the section's title.
        prefix = at == 1 ? key + "_" : prefix;
        continue;
      }
      while (at < lines.length && !lines[at].isEmpty() && lines[at].indexOf(':') < 0) {
        value.append(',').append(lines[at++]);
      }
      put(extracted, prefix + key, value.toString());
    }
  }

  private void put(Extracted extracted, String key, String value) {
    String name = key.replaceAll("[\t\r\n ]", "");
    if (name.isEmpty()) {
      if (arguments.dropInvalidLabels()) {
        return;
      }
      name = "_";
    }
    EventText.put(
        extracted,
        name,
        EventText.trimmed(value.replaceAll("[\t\r\n]", "")),
        arguments.overwriteExisting());
  }
}
