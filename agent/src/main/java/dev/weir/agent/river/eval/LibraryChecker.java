package dev.weir.agent.river.eval;

import dev.weir.agent.river.Diagnostic;
import dev.weir.agent.river.DiagnosticsException;
import dev.weir.agent.river.Expression;
import dev.weir.agent.river.Expression.Access;
import dev.weir.agent.river.Expression.Call;
import dev.weir.agent.river.Expression.Identifier;
import dev.weir.agent.river.Expression.Index;
import dev.weir.agent.river.Expression.Parenthesized;
import dev.weir.agent.river.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Checks how a part of a configuration uses the standard library, in the words of the evaluator,
/// without calling anything.
public final class LibraryChecker {
  private final Scope scope;
  private final List<Diagnostic> found = new ArrayList<>();

  private LibraryChecker(Scope scope) {
    this.scope = scope;
  }

  /// An error for each name that the library does not have, for each call of what is no function or
  /// may not be called yet, and a warning for each function given by an old name; in source order.
  public static List<Diagnostic> check(Node node, EvaluationOptions options) {
    var checker = new LibraryChecker(new Scope(Map.of(), options));
    checker.visit(node);
    return List.copyOf(checker.found);
  }

  private void visit(Node node) {
    switch (node) {
      case Call call when ofLibrary(call.function()) -> {
        evaluate(call.function(), Evaluation::callee);
        call.arguments().forEach(this::visit);
      }
      case Expression expression when ofLibrary(expression) ->
          evaluate(expression, Evaluation::value);
      default -> Children.of(node).forEach(this::visit);
    }
  }

  /// Whether an expression leads from a name of the library to something in it.
  private static boolean ofLibrary(Expression expression) {
    return switch (expression) {
      case Identifier identifier -> StandardLibrary.contains(identifier.name());
      case Access access -> ofLibrary(access.value());
      case Index index -> ofLibrary(index.value()) && References.constant(index.index());
      case Parenthesized parenthesized -> ofLibrary(parenthesized.inner());
      default -> false;
    };
  }

  /// Every old name is that of a function, so that there is nothing else to say.
  private boolean warned(Expression expression) {
    if (expression instanceof Identifier identifier
        && StandardLibrary.deprecated(identifier.name())) {
      found.add(Diagnostic.warning(identifier.span(), StandardLibrary.DEPRECATION));
      return true;
    }
    return false;
  }

  private void evaluate(Expression expression, Step step) {
    if (warned(expression)) {
      return;
    }
    var evaluation = new Evaluation(scope);
    try {
      step.run(evaluation, expression);
    } catch (ValueException e) {
      found.addAll(evaluation.diagnose(e, expression).diagnostics());
    } catch (DiagnosticsException e) {
      found.addAll(e.diagnostics());
    }
  }

  /// A part of an evaluation.
  private interface Step {
    Value run(Evaluation evaluation, Expression expression) throws DiagnosticsException;
  }
}
