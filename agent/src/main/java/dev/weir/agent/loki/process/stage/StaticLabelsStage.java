package dev.weir.agent.loki.process.stage;

import dev.weir.agent.loki.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `stage.static_labels`: adds labels with fixed values.
final class StaticLabelsStage implements Stage {
  static final StageType<Arguments> TYPE =
      new StageType<>(
          "static_labels",
          Arguments.class,
          (arguments, context) -> new StaticLabelsStage(arguments));

  /// @param values by label; null and empty ones are left out
  record Arguments(Map<String, @Nullable String> values) {
    Arguments {
      values.keySet().forEach(LabelNames::require);
    }
  }

  private final String[] labels;
  private final String[] values;

  private StaticLabelsStage(Arguments arguments) {
    List<String> names = new ArrayList<>();
    List<String> texts = new ArrayList<>();
    arguments
        .values()
        .forEach((label, value) -> {
          if (value != null && !value.isEmpty()) {
            names.add(label);
            texts.add(value);
          }
        });
    labels = names.toArray(String[]::new);
    values = texts.toArray(String[]::new);
  }

  @Override
  public void process(Entry entry, Output out) {
    for (int i = 0; i < labels.length; i++) {
      entry.labels(entry.labels().with(labels[i], values[i]));
    }
    out.emit(entry);
  }
}
