package dev.weir.agent.river.eval;

import java.util.Map;

/// The names that an expression may use besides the standard library: nested objects of component
/// exports, and variables.
///
/// `loki.write.default.receiver` is found as variable `loki`, an object with field `write`, and so
/// on. A variable hides a standard library name.
///
/// @param variables by first name
public record Scope(Map<String, Value> variables, EvaluationOptions options) {
  /// Nothing but the standard library.
  public static final Scope EMPTY = new Scope(Map.of());

  public Scope {
    variables = Map.copyOf(variables);
  }

  /// With the settled functions only.
  public Scope(Map<String, Value> variables) {
    this(variables, EvaluationOptions.SETTLED);
  }
}
