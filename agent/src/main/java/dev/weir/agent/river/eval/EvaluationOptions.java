package dev.weir.agent.river.eval;

/// What evaluation may do beyond the settled language.
///
/// @param experimentalFunctions whether functions that may still change can be called
public record EvaluationOptions(boolean experimentalFunctions) {
  /// Only what is settled.
  public static final EvaluationOptions SETTLED = new EvaluationOptions(false);
}
