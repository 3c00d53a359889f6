package dev.weir.agent.river.eval;

import dev.weir.agent.river.DiagnosticsException;
import dev.weir.agent.river.Expression;

/// Computes the value of an expression.
///
/// Thread-safe. Memory and time are bounded by the size of the source and [Limits].
public final class Evaluator {
  private Evaluator() {}

  /// The value.
  ///
  /// @throws DiagnosticsException with the first error, at the expression to blame for it
  public static Value evaluate(Expression expression, Scope scope) throws DiagnosticsException {
    var evaluation = new Evaluation(scope);
    try {
      return evaluation.value(expression);
    } catch (ValueException e) {
      throw evaluation.diagnose(e, expression);
    }
  }
}
