package dev.weir.agent.loki.process.stage;

import java.util.List;

/// `stage.structured_metadata_drop`: removes structured metadata.
final class StructuredMetadataDropStage {
  static final StageType<Arguments> TYPE =
      new StageType<>(
          "structured_metadata_drop", Arguments.class, (arguments, context) -> stage(arguments));

  /// @param values names of the metadata to remove
  record Arguments(List<String> values) {
    Arguments {
      values = List.copyOf(values);
      if (values.isEmpty()) {
        throw new IllegalArgumentException("structured_metadata_drop stage config cannot be empty");
      }
    }
  }

  private StructuredMetadataDropStage() {}

  private static Stage stage(Arguments arguments) {
    String[] names = arguments.values().toArray(String[]::new);
    return (entry, out) -> {
      for (String name : names) {
        entry.metadata(entry.metadata().without(name));
      }
      out.emit(entry);
    };
  }
}
