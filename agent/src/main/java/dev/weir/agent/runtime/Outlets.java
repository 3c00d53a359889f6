package dev.weir.agent.runtime;

/// Sees what components pass on. There is one for each configuration that runs.
///
/// Thread-safe.
public interface Outlets {
  /// Looks at nothing.
  Outlets NONE =
      new Outlets() {
        @Override
        public <A extends Record> A watched(String id, A arguments) {
          return arguments;
        }

        @Override
        public void gone(String id) {}
      };

  /// The arguments that a component gets instead of those decoded: the same, with receivers that
  /// see what goes through them. Equal arguments stay equal.
  <A extends Record> A watched(String id, A arguments);

  /// Called once a component has been stopped for good.
  void gone(String id);
}
