package dev.weir.agent.loki.process.stage;

import dev.weir.agent.loki.Entry;
import dev.weir.agent.loki.Extracted;
import dev.weir.agent.loki.TextCache;
import dev.weir.agent.river.eval.Default;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `stage.labels`: makes labels of what was extracted.
final class LabelsStage implements Stage {
  static final StageType<Arguments> TYPE =
      new StageType<>(
          "labels", Arguments.class, (arguments, context) -> new LabelsStage(arguments));

  /// @param values source by label; null or empty when both have the same name
  /// @param sourceType where values come from: `extracted` or `structured_metadata`
  record Arguments(
      Map<String, @Nullable String> values, @Default("\"extracted\"") String sourceType) {
    Arguments {
      values.keySet().forEach(LabelNames::require);
      if (!sourceType.equals("extracted") && !sourceType.equals("structured_metadata")) {
        throw new IllegalArgumentException(
            "invalid labels source_type: "
                + sourceType
                + ". Can only be 'extracted' or"
                + " 'structured_metadata'");
      }
    }
  }

  private final String[] labels;
  private final String[] sources;
  private final boolean fromMetadata;
  private final TextCache texts = new TextCache();

  private LabelsStage(Arguments arguments) {
    List<String> names = new ArrayList<>();
    List<String> from = new ArrayList<>();
    arguments
        .values()
        .forEach((label, source) -> {
          names.add(label);
          from.add(source == null || source.isEmpty() ? label : source);
        });
    labels = names.toArray(String[]::new);
    sources = from.toArray(String[]::new);
    fromMetadata = arguments.sourceType().equals("structured_metadata");
  }

  @Override
  public void process(Entry entry, Output out) {
    Extracted extracted = entry.extracted();
    for (int i = 0; i < labels.length; i++) {
      String value =
          fromMetadata ? entry.metadata().get(sources[i]) : extracted.validText(sources[i], texts);
      if (value != null) {
        entry.labels(entry.labels().with(labels[i], value));
      }
    }
    out.emit(entry);
  }
}
