package dev.weir.agent.river.eval;

import dev.weir.agent.go.GoQuote;
import dev.weir.agent.river.Diagnostic;
import dev.weir.agent.river.DiagnosticsException;
import dev.weir.agent.river.Expression;
import dev.weir.agent.river.Expression.Access;
import dev.weir.agent.river.Expression.ArrayExpression;
import dev.weir.agent.river.Expression.Binary;
import dev.weir.agent.river.Expression.Call;
import dev.weir.agent.river.Expression.Identifier;
import dev.weir.agent.river.Expression.Index;
import dev.weir.agent.river.Expression.Literal;
import dev.weir.agent.river.Expression.ObjectExpression;
import dev.weir.agent.river.Expression.Parenthesized;
import dev.weir.agent.river.Expression.Unary;
import dev.weir.agent.river.ObjectField;
import dev.weir.agent.river.Span;
import dev.weir.agent.river.eval.Value.ArrayValue;
import dev.weir.agent.river.eval.Value.CapsuleValue;
import dev.weir.agent.river.eval.Value.FunctionValue;
import dev.weir.agent.river.eval.Value.NullValue;
import dev.weir.agent.river.eval.Value.NumberValue;
import dev.weir.agent.river.eval.Value.ObjectValue;
import dev.weir.agent.river.eval.Value.StringValue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// One run of the evaluator: remembers which expression gave which value, so that an error about a
/// value can show the source.
final class Evaluation {
  private final Scope scope;
  private final Limits limits = new Limits();
  private final Origins origins = new Origins();

  Evaluation(Scope scope) {
    this.scope = scope;
  }

  /// The value of an expression.
  ///
  /// @throws ValueException to be given to [#diagnose]
  /// @throws DiagnosticsException when the error's place is not that of a value
  Value value(Expression expression) throws DiagnosticsException {
    Value value = compute(expression);
    origins.put(value, expression);
    return value;
  }

  /// The diagnostic for a value's failure.
  ///
  /// @param fallback to blame when the value comes from no expression
  DiagnosticsException diagnose(ValueException failure, Expression fallback) {
    return new DiagnosticsException(origins.diagnose(failure, fallback));
  }

  private Value compute(Expression expression) throws DiagnosticsException {
    return switch (expression) {
      case Literal literal -> literal(literal);
      case Identifier identifier -> lookup(identifier);
      case ArrayExpression array -> array(array);
      case ObjectExpression object -> object(object);
      case Access access -> access(access);
      case Index index -> index(index);
      case Call call -> call(call);
      case Unary unary -> charged(Operators.unary(unary.operator(), value(unary.operand())));
      case Binary binary -> {
        Value left = value(binary.left());
        yield charged(Operators.binary(binary.operator(), left, value(binary.right())));
      }
      case Parenthesized parenthesized -> value(parenthesized.inner());
    };
  }

  private Value charged(Value value) {
    limits.charge(value);
    return value;
  }

  private static Value literal(Literal literal) throws DiagnosticsException {
    try {
      return Literals.value(literal);
    } catch (IllegalArgumentException e) {
      throw refuse(literal.span(), String.valueOf(e.getMessage()));
    }
  }

  private Value lookup(Identifier identifier) throws DiagnosticsException {
    Value variable = scope.variables().get(identifier.name());
    Value value = variable != null ? variable : StandardLibrary.lookup(identifier.name());
    if (value == null) {
      throw refuse(
          identifier.span(), "identifier " + GoQuote.quote(identifier.name()) + " does not exist");
    }
    return value;
  }

  private Value array(ArrayExpression array) throws DiagnosticsException {
    List<Value> elements = new ArrayList<>(array.elements().size());
    for (Expression element : array.elements()) {
      elements.add(value(element));
    }
    return new ArrayValue(elements);
  }

  private Value object(ObjectExpression object) throws DiagnosticsException {
    Map<String, Value> fields = LinkedHashMap.newLinkedHashMap(object.fields().size());
    for (ObjectField field : object.fields()) {
      fields.put(field.name(), value(field.value()));
    }
    return new ObjectValue(Collections.unmodifiableMap(fields));
  }

  private Value access(Access access) throws DiagnosticsException {
    Value container = value(access.value());
    String name = GoQuote.quote(access.name());
    return switch (container) {
      case ObjectValue object -> {
        Value field = object.fields().get(access.name());
        if (field == null) {
          throw refuse(access.nameSpan(), "field " + name + " does not exist");
        }
        yield field;
      }
      case CapsuleValue _ -> throw noObject(container);
      default ->
          throw new ValueException(
              container,
              "cannot access field " + name + " on value of type " + Types.of(container));
    };
  }

  private Value index(Index index) throws DiagnosticsException {
    Value container = value(index.value());
    Value key = value(index.index());
    return switch (container) {
      case ArrayValue array -> element(array, key);
      case ObjectValue object -> {
        if (!(key instanceof StringValue text)) {
          throw ValueException.type(key, Types.STRING);
        }
        Value field = object.fields().get(text.text());
        yield field == null ? new NullValue() : field;
      }
      case CapsuleValue _ -> throw noObject(container);
      default ->
          throw new ValueException(
              container, "expected object or array, got " + Types.of(container));
    };
  }

  private static ValueException noObject(Value capsule) {
    return new ValueException(
        capsule, "expected object or array or a capsule convertible to an object, got capsule");
  }

  private static Value element(ArrayValue array, Value key) {
    if (!(key instanceof NumberValue number)) {
      throw ValueException.type(key, Types.NUMBER);
    }
    long index = number.number().longValue();
    int length = array.elements().size();
    if (index < 0 || index >= length) {
      throw new ValueException(
          key, "index " + index + " is out of range of array with length " + length);
    }
    return array.elements().get((int) index);
  }

  private Value call(Call call) throws DiagnosticsException {
    FunctionValue function = callee(call.function());
    List<Value> arguments = new ArrayList<>(call.arguments().size());
    for (Expression argument : call.arguments()) {
      arguments.add(value(argument));
    }
    return charged(call(function, arguments));
  }

  /// The function that a call is about, if it may be called.
  FunctionValue callee(Expression expression) throws DiagnosticsException {
    Value callee = value(expression);
    if (!(callee instanceof FunctionValue function)) {
      throw ValueException.type(callee, Types.FUNCTION);
    }
    if (StandardLibrary.experimental(function.name()) && !scope.options().experimentalFunctions()) {
      throw refuse(expression.span(), StandardLibrary.refusal(function.name()));
    }
    return function;
  }

  private static Value call(FunctionValue function, List<Value> arguments) {
    try {
      return function.function().call(arguments);
    } catch (ValueException e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw new ValueException(function, String.valueOf(e.getMessage()));
    }
  }

  private static DiagnosticsException refuse(Span span, String message) {
    return new DiagnosticsException(Diagnostic.error(span, message));
  }
}
