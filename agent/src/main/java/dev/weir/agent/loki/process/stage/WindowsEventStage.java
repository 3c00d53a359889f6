package dev.weir.agent.loki.process.stage;

import dev.weir.agent.loki.Entry;
import dev.weir.agent.loki.Extracted;
import dev.weir.agent.river.eval.Default;
import java.util.List;

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
      List<String> sections = EventText.parts(message, LINE_END + LINE_END);
      put(extracted, "Description", sections.getFirst());
      for (int i = 1; i < sections.size(); i++) {
        section(extracted, EventText.parts(sections.get(i), LINE_END));
      }
    }
    out.emit(entry);
  }

  private void section(Extracted extracted, List<String> lines) {
    String prefix = "";
    int at = 0;
    while (at < lines.size()) {
      int colon = lines.get(at).indexOf(':');
      if (colon < 0) {
        at++;
        continue;
      }
      String key = lines.get(at).substring(0, colon);
      var value = new StringBuilder(lines.get(at).substring(colon + 1));
      at++;
      if (value.isEmpty()) {
        // Only the first line can be the section's title.
        prefix = at == 1 ? key + "_" : prefix;
        continue;
      }
      while (at < lines.size() && !lines.get(at).isEmpty() && lines.get(at).indexOf(':') < 0) {
        value.append(',').append(lines.get(at++));
      }
      put(extracted, prefix + key, value.toString());
    }
  }

  private void put(Extracted extracted, String key, String value) {
    String name = EventText.without("\t\r\n ", key);
    if (name.isEmpty()) {
      if (arguments.dropInvalidLabels()) {
        return;
      }
      name = "_";
    }
    EventText.put(
        extracted,
        name,
        EventText.trimmed(EventText.without("\t\r\n", value)),
        arguments.overwriteExisting());
  }
}
