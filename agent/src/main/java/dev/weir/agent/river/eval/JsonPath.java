package dev.weir.agent.river.eval;

import dev.weir.agent.river.eval.Value.ArrayValue;
import dev.weir.agent.river.eval.Value.BoolValue;
import dev.weir.agent.river.eval.Value.NumberValue;
import dev.weir.agent.river.eval.Value.ObjectValue;
import dev.weir.agent.river.eval.Value.StringValue;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A path into a JSON document: names, indexes, slices, wildcards, descent and filters.
///
/// @param steps from the document's root
record JsonPath(List<Step> steps) {
  JsonPath {
    steps = List.copyOf(steps);
  }

  /// One part of a path.
  sealed interface Step {}

  /// `.name` or `['name']`
  record Child(String name) implements Step {}

  /// `[0]`, from the end when negative
  record Element(int index) implements Step {}

  /// `[from:to:by]`
  record Slice(@Nullable Integer from, @Nullable Integer to, int by) implements Step {}

  /// `*`
  record Wildcard() implements Step {}

  /// `..`: the value and all below it
  record Descent() implements Step {}

  /// `['a', 'b', 0]`
  record Union(List<Step> choices) implements Step {}

  /// `[?(...)]`
  record Filter(Condition condition) implements Step {}

  /// What a filter asks of each element.
  sealed interface Condition {}

  /// `&&` when `both`, else `||`
  record Combined(boolean both, Condition left, Condition right) implements Condition {}

  /// `!`
  record Not(Condition condition) implements Condition {}

  /// A comparison.
  record Comparison(String operator, Operand left, Operand right) implements Condition {}

  /// Whether a path leads anywhere.
  record Exists(Operand operand) implements Condition {}

  /// One side of a comparison: a literal, or a path from the element or from the document.
  record Operand(@Nullable Value literal, JsonPath path, boolean fromRoot) {}

  /// All values that the path leads to, in order of the document.
  ///
  /// @throws IllegalArgumentException when there are too many
  List<Value> select(Value document) {
    return select(document, document);
  }

  private List<Value> select(Value start, Value root) {
    List<Value> current = List.of(start);
    for (Step step : steps) {
      List<Value> next = new ArrayList<>();
      for (Value value : current) {
        apply(step, value, root, next);
        Limits.elements(next.size());
      }
      current = next;
    }
    return current;
  }

  private static void apply(Step step, Value value, Value root, List<Value> out) {
    switch (step) {
      case Child child -> {
        Value field =
            value instanceof ObjectValue object ? object.fields().get(child.name()) : null;
        if (field != null) {
          out.add(field);
        }
      }
      case Element element -> element(value, element.index(), out);
      case Slice slice -> slice(value, slice, out);
      case Wildcard _ -> out.addAll(children(value));
      case Descent _ -> descend(value, out);
      case Union union -> union.choices().forEach(choice -> apply(choice, value, root, out));
      case Filter filter -> {
        for (Value child : children(value)) {
          if (holds(filter.condition(), child, root)) {
            out.add(child);
          }
        }
      }
    }
  }

  private static void element(Value value, int index, List<Value> out) {
    if (value instanceof ArrayValue array) {
      int at = index < 0 ? index + array.elements().size() : index;
      if (at >= 0 && at < array.elements().size()) {
        out.add(array.elements().get(at));
      }
    }
  }

  private static void slice(Value value, Slice slice, List<Value> out) {
    if (!(value instanceof ArrayValue array) || slice.by() == 0) {
      return;
    }
    List<Value> elements = array.elements();
    int size = elements.size();
    if (slice.by() > 0) {
      long end = bound(slice.to(), size, size);
      for (long i = bound(slice.from(), 0, size); i < end; i += slice.by()) {
        out.add(elements.get((int) i));
      }
    } else {
      long end = slice.to() == null ? -1 : bound(slice.to(), 0, size);
      long start = Math.min(bound(slice.from(), size - 1, size), size - 1);
      for (long i = start; i > end; i += slice.by()) {
        out.add(elements.get((int) i));
      }
    }
  }

  private static long bound(@Nullable Integer index, int missing, int size) {
    if (index == null) {
      return missing;
    }
    return Math.clamp(index < 0 ? (long) index + size : index, 0, size);
  }

  private static Collection<Value> children(Value value) {
    return switch (value) {
      case ArrayValue array -> array.elements();
      case ObjectValue object -> object.fields().values();
      default -> List.of();
    };
  }

  private static void descend(Value value, List<Value> out) {
    Deque<Value> open = new ArrayDeque<>();
    open.push(value);
    while (!open.isEmpty()) {
      Value next = open.pop();
      out.add(next);
      Limits.elements(out.size());
      List<Value> children = List.copyOf(children(next));
      children.reversed().forEach(open::push);
    }
  }

  private static boolean holds(Condition condition, Value value, Value root) {
    return switch (condition) {
      case Combined combined ->
          combined.both()
              ? holds(combined.left(), value, root) && holds(combined.right(), value, root)
              : holds(combined.left(), value, root) || holds(combined.right(), value, root);
      case Not not -> !holds(not.condition(), value, root);
      case Exists exists -> first(exists.operand(), value, root) != null;
      case Comparison comparison ->
          compare(
              comparison.operator(),
              first(comparison.left(), value, root),
              first(comparison.right(), value, root));
    };
  }

  private static @Nullable Value first(Operand operand, Value value, Value root) {
    if (operand.literal() != null) {
      return operand.literal();
    }
    List<Value> found = operand.path().select(operand.fromRoot() ? root : value, root);
    return found.isEmpty() ? null : found.getFirst();
  }

  private static boolean compare(String operator, @Nullable Value left, @Nullable Value right) {
    if (left == null || right == null) {
      return operator.equals("!=") && (left == null) != (right == null);
    }
    boolean equal = Equality.equal(left, right);
    return switch (operator) {
      case "==" -> equal;
      case "!=" -> !equal;
      default ->
          ordered(left, right)
              && Operators.binary(operator, left, right) instanceof BoolValue result
              && result.value();
    };
  }

  private static boolean ordered(Value left, Value right) {
    return (left instanceof NumberValue && right instanceof NumberValue)
        || (left instanceof StringValue && right instanceof StringValue);
  }
}
