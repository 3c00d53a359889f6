package dev.weir.agent.loki.process.stage;

/// `stage.output`: makes an extracted value the line.
final class OutputStage {
  static final StageType<Arguments> TYPE =
      new StageType<>("output", Arguments.class, (arguments, context) -> stage(arguments));

  /// @param source name of the value
  record Arguments(String source) {
    Arguments {
      if (source.isEmpty()) {
        throw new IllegalArgumentException(
            "output source value is required if output is specified");
      }
    }
  }

  private OutputStage() {}

  private static Stage stage(Arguments arguments) {
    return (entry, out) -> {
      entry.extracted().lineInto(entry, arguments.source());
      out.emit(entry);
    };
  }
}
