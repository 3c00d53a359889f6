package dev.weir.agent.river.eval;

import dev.weir.agent.river.Diagnostic;
import dev.weir.agent.river.DiagnosticsException;
import dev.weir.agent.river.Expression;
import dev.weir.agent.river.Expression.ArrayExpression;
import dev.weir.agent.river.Expression.Binary;
import dev.weir.agent.river.Expression.Literal;
import dev.weir.agent.river.Expression.ObjectExpression;
import dev.weir.agent.river.Expression.Parenthesized;
import dev.weir.agent.river.Expression.Unary;
import dev.weir.agent.river.ObjectField;
import dev.weir.agent.river.Span;
import dev.weir.agent.river.eval.Converter.Any;
import dev.weir.agent.river.eval.Converter.Elements;
import dev.weir.agent.river.eval.Converter.Fields;
import dev.weir.agent.river.eval.Converter.Nested;
import java.util.List;

/// Finds literals of a wrong type, however deep in lists and objects, without evaluating anything
/// else.
final class LiteralChecker {
  private final List<Diagnostic> found;

  LiteralChecker(List<Diagnostic> found) {
    this.found = found;
  }

  void check(Expression expression, Converter expected) {
    if (expected instanceof Any) {
      return;
    }
    switch (expression) {
      case ArrayExpression array -> array(array, expected);
      case ObjectExpression object -> object(object, expected);
      case Literal literal -> scalar(literal, expected);
      case Unary unary -> scalar(unary, expected);
      case Binary binary -> scalar(binary, expected);
      case Parenthesized parenthesized -> check(parenthesized.inner(), expected);
      default -> {
        // What it gives is known only when it is evaluated.
      }
    }
  }

  private void array(ArrayExpression array, Converter expected) {
    if (!(expected instanceof Elements elements)) {
      mismatch(array, expected, Types.ARRAY);
      return;
    }
    for (Expression element : array.elements()) {
      check(element, elements.element());
    }
  }

  private void object(ObjectExpression object, Converter expected) {
    switch (expected) {
      case Fields fields -> object.fields().forEach(field -> check(field.value(), fields.field()));
      case Nested nested -> nested(object, nested);
      default -> mismatch(object, expected, Types.OBJECT);
    }
  }

  private void nested(ObjectExpression object, Nested expected) {
    var draft = new Draft(RecordShape.of(expected.target()));
    for (ObjectField field : object.fields()) {
      Draft.Slot slot = draft.find(field.name());
      if (slot == null || !slot.field().attribute()) {
        Span span = field.nameSpan().to(field.value().span());
        report(span, "unrecognized attribute name " + Refusals.quote(field.name()));
        continue;
      }
      slot.set(null);
      check(field.value(), slot.field().converter());
    }
    for (RecordField field : draft.allMissing()) {
      report(object.span(), Refusals.missing(field));
    }
  }

  private void scalar(Expression expression, Converter expected) {
    if (!References.constant(expression)) {
      return;
    }
    try {
      Value value = new Evaluation(Scope.EMPTY).value(expression);
      if (!(value instanceof Value.NullValue)) {
        expected.convert(value);
      }
    } catch (ValueException e) {
      report(expression.span(), e.bareMessage());
    } catch (DiagnosticsException e) {
      found.addAll(e.diagnostics());
    }
  }

  private void mismatch(Expression expression, Converter expected, String got) {
    report(expression.span(), "expected " + expected.type() + ", got " + got);
  }

  private void report(Span span, String message) {
    found.add(Diagnostic.error(span, message));
  }
}
