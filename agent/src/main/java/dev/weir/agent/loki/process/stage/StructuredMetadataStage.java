package dev.weir.agent.loki.process.stage;

import dev.weir.agent.loki.Entry;
import dev.weir.agent.loki.Labels;
import dev.weir.agent.loki.TextCache;
import dev.weir.agent.regex.GoRegex;
import dev.weir.agent.river.eval.Default;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `stage.structured_metadata`: makes structured metadata of what was extracted, and of labels,
/// which it takes off the entry.
final class StructuredMetadataStage implements Stage {
  static final StageType<Arguments> TYPE =
      new StageType<>(
          "structured_metadata",
          Arguments.class,
          (arguments, context) -> new StructuredMetadataStage(arguments));

  /// @param values source by name of the metadata; null or empty when both are the same
  /// @param regex names of extracted values and labels to take under their own names
  record Arguments(
      @Default("{}") Map<String, @Nullable String> values, @Default("\"\"") String regex) {
    Arguments {
      values.keySet().forEach(LabelNames::require);
      Expressions.optional(regex);
    }
  }

  private final String[] names;
  private final String[] sources;
  private final @Nullable GoRegex regex;
  private final TextCache texts = new TextCache();

  private StructuredMetadataStage(Arguments arguments) {
    List<String> from = new ArrayList<>();
    arguments
        .values()
        .forEach((name, source) -> from.add(source == null || source.isEmpty() ? name : source));
    names = arguments.values().keySet().toArray(String[]::new);
    sources = from.toArray(String[]::new);
    regex = Expressions.optional(arguments.regex());
  }

  @Override
  public void process(Entry entry, Output out) {
    for (int i = 0; i < names.length; i++) {
      put(entry, names[i], entry.extracted().validText(sources[i], texts));
    }
    GoRegex wanted = regex;
    if (wanted != null) {
      entry
          .extracted()
          .forEach((name, value) -> {
            if (wanted.find(name)) {
              put(entry, name, entry.extracted().validText(name, texts));
            }
          });
    }
    takeLabels(entry);
    if (wanted != null) {
      takeLabels(entry, wanted);
    }
    out.emit(entry);
  }

  private void takeLabels(Entry entry) {
    Labels labels = entry.labels();
    for (int i = 0; i < names.length; i++) {
      put(entry, names[i], labels.get(sources[i]));
      entry.labels(entry.labels().without(sources[i]));
    }
  }

  private static void takeLabels(Entry entry, GoRegex wanted) {
    Labels labels = entry.labels();
    for (int i = 0; i < labels.size(); i++) {
      if (wanted.find(labels.name(i))) {
        put(entry, labels.name(i), labels.value(i));
        entry.labels(entry.labels().without(labels.name(i)));
      }
    }
  }

  private static void put(Entry entry, String name, @Nullable String value) {
    if (value != null && !value.equals(entry.metadata().get(name))) {
      entry.metadata(entry.metadata().with(name, value));
    }
  }
}
