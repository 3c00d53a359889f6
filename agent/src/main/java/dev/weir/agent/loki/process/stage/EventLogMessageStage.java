package dev.weir.agent.loki.process.stage;

import dev.weir.agent.loki.Entry;
import dev.weir.agent.loki.Extracted;
import dev.weir.agent.river.eval.Default;

/// `stage.eventlogmessage`: extracts the `key: value` lines of a Windows event's message.
final class EventLogMessageStage implements Stage {
  static final StageType<Arguments> TYPE =
      new StageType<>(
          "eventlogmessage",
          Arguments.class,
          (arguments, context) -> new EventLogMessageStage(arguments));

  /// @param source name of the extracted message
  /// @param dropInvalidLabels whether keys that are no label names are left out, not changed
  /// @param overwriteExisting whether a key that is there already is replaced; otherwise the new
  ///   one gets `_extracted` at its end
  record Arguments(
      @Default("\"message\"") String source,
      @Default("false") boolean dropInvalidLabels,
      @Default("false") boolean overwriteExisting) {
    Arguments {
      if (!LabelNames.isPlain(source)) {
        throw new IllegalArgumentException("invalid label name: " + source);
      }
    }
  }

  private final Arguments arguments;

  private EventLogMessageStage(Arguments arguments) {
    this.arguments = arguments;
  }

  @Override
  public void process(Entry entry, Output out) {
    Extracted extracted = entry.extracted();
    String message = extracted.text(arguments.source());
    if (message != null) {
      for (String line : EventText.parts(message, "\r\n")) {
        int colon = line.indexOf(':');
        if (colon >= 0) {
          put(extracted, line.substring(0, colon), EventText.trimmed(line.substring(colon + 1)));
        }
      }
    }
    out.emit(entry);
  }

  private void put(Extracted extracted, String key, String value) {
    boolean plain = LabelNames.isPlain(key);
    if (plain || !arguments.dropInvalidLabels()) {
      EventText.put(
          extracted, plain ? key : LabelNames.plain(key), value, arguments.overwriteExisting());
    }
  }
}
