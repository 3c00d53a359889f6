package dev.weir.agent.loki.process.stage;

/// What `loki.process` must know of a stage.
///
/// @param name what follows `stage.` in configuration
/// @param arguments the record its block decodes into
/// @param <A> its arguments
public record StageType<A extends Record>(String name, Class<A> arguments, Factory<A> factory) {
  /// Makes a stage for one lane.
  ///
  /// @param <A> its arguments
  @FunctionalInterface
  public interface Factory<A extends Record> {
    Stage create(A arguments, StageContext context);
  }

  Stage create(Record decoded, StageContext context) {
    return factory.create(arguments.cast(decoded), context);
  }
}
