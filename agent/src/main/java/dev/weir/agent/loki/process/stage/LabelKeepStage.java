package dev.weir.agent.loki.process.stage;

import dev.weir.agent.loki.Entry;
import dev.weir.agent.loki.Labels;
import java.util.List;
import java.util.Set;

/// `stage.label_keep`: removes all other labels.
final class LabelKeepStage implements Stage {
  static final StageType<Arguments> TYPE =
      new StageType<>(
          "label_keep", Arguments.class, (arguments, context) -> new LabelKeepStage(arguments));

  /// @param values the labels to keep
  record Arguments(List<String> values) {
    Arguments {
      values = List.copyOf(values);
      if (values.isEmpty()) {
        throw new IllegalArgumentException("labelallow stage config cannot be empty");
      }
    }
  }

  private final Set<String> names;

  private LabelKeepStage(Arguments arguments) {
    names = Set.copyOf(arguments.values());
  }

  @Override
  public void process(Entry entry, Output out) {
    Labels all = entry.labels();
    Labels kept = all;
    for (int i = 0; i < all.size(); i++) {
      if (!names.contains(all.name(i))) {
        kept = kept.without(all.name(i));
      }
    }
    entry.labels(kept);
    out.emit(entry);
  }
}
