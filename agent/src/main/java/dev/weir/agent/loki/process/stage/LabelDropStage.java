package dev.weir.agent.loki.process.stage;

import java.util.List;

/// `stage.label_drop`: removes labels.
final class LabelDropStage {
  static final StageType<Arguments> TYPE =
      new StageType<>("label_drop", Arguments.class, (arguments, context) -> stage(arguments));

  /// @param values the labels to remove
  record Arguments(List<String> values) {
    Arguments {
      values = List.copyOf(values);
      if (values.isEmpty()) {
        throw new IllegalArgumentException("labeldrop stage config cannot be empty");
      }
    }
  }

  private LabelDropStage() {}

  private static Stage stage(Arguments arguments) {
    String[] names = arguments.values().toArray(String[]::new);
    return (entry, out) -> {
      for (String name : names) {
        entry.labels(entry.labels().without(name));
      }
      out.emit(entry);
    };
  }
}
