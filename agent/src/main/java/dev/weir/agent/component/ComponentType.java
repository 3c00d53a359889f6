package dev.weir.agent.component;

/// What the runtime must know to build a component.
///
/// @param name as in configuration: `loki.write`
/// @param arguments the record its block decodes into
/// @param exports the record it publishes, [NoExports] when it publishes none
/// @param <A> its arguments
public record ComponentType<A extends Record>(
    String name,
    Stability stability,
    Class<A> arguments,
    Class<? extends Record> exports,
    Factory<A> factory) {
  /// Makes a component. It may publish exports, and must not start threads, open connections or
  /// block; that is for [Component#run].
  ///
  /// @param <A> its arguments
  @FunctionalInterface
  public interface Factory<A extends Record> {
    /// Makes one from its first arguments.
    ///
    /// @throws ComponentException when the arguments cannot be used
    Component<A> create(A arguments, ComponentContext context) throws ComponentException;
  }

  /// The exports of a component that publishes none.
  public record NoExports() {}
}
