package dev.weir.agent.river.eval;

import dev.weir.agent.river.Diagnostic;
import dev.weir.agent.river.Diagnostic.Severity;
import dev.weir.agent.river.Expression;
import dev.weir.agent.river.Printer;
import dev.weir.agent.river.eval.Value.NullValue;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which expression gave which value, by the value's identity.
final class Origins {
  private final IdentityHashMap<Value, Expression> expressions = new IdentityHashMap<>();

  void put(Value value, Expression expression) {
    expressions.put(value, expression);
  }

  /// What to tell about a value that failed: the source of the nearest value that is written in the
  /// file, the accesses from there, and the value itself where the file does not show it.
  Diagnostic diagnose(ValueException failure, Expression fallback) {
    Expression own = expressions.get(failure.culprit());
    if (own != null) {
      return error(own, "", failure, null);
    }
    String shown = shown(failure.culprit());
    var accesses = new StringBuilder();
    List<ValueException.Step> outwards = failure.outwards();
    for (ValueException.Step step : outwards) {
      accesses.insert(0, step.access());
      Expression origin = expressions.get(step.container());
      if (origin != null) {
        return error(origin, accesses.toString(), failure, shown);
      }
    }
    return error(fallback, accesses.toString(), failure, shown);
  }

  private static @Nullable String shown(Value value) {
    return value instanceof NullValue ? null : ValueText.of(value);
  }

  private static Diagnostic error(
      Expression origin, String accesses, ValueException failure, @Nullable String shown) {
    if (failure.isSecret()) {
      return Diagnostic.error(origin.span(), "(secret)" + accesses + " " + failure.getMessage());
    }
    String message = Printer.print(origin) + accesses + " " + failure.getMessage();
    return new Diagnostic(Severity.ERROR, origin.span(), message, shown);
  }
}
