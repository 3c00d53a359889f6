package dev.weir.agent.template;

import dev.weir.agent.template.Node.Operand;
import dev.weir.agent.template.Node.Pipe;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// One run of a template over its data. One use only.
final class Execution {
  private static final int DEEPEST = 500;
  private static final int LONGEST = 1 << 20;
  private static final int MOST_ROUNDS = 100_000;

  private enum Flow {
    ON,
    BREAK,
    CONTINUE
  }

  private static final class Variable {
    final String name;
    @Nullable Object value;

    Variable(String name, @Nullable Object value) {
      this.name = name;
      this.value = value;
    }
  }

  private final Map<String, List<Node>> templates;
  private final @Nullable Object data;
  private final StringBuilder out = new StringBuilder();
  private List<Variable> variables = new ArrayList<>();
  private int depth;
  private int rounds;
  private final Growth growth = new Growth();

  Execution(Map<String, List<Node>> templates, @Nullable Object data) {
    this.templates = templates;
    this.data = data;
    variables.add(new Variable("$", data));
  }

  String run() throws TemplateException {
    walk(templates.getOrDefault("", List.of()), data);
    return out.toString();
  }

  private Flow walk(List<Node> nodes, @Nullable Object dot) throws TemplateException {
    for (Node node : nodes) {
      Flow flow = walk(node, dot);
      if (flow != Flow.ON) {
        return flow;
      }
    }
    return Flow.ON;
  }

  private Flow walk(Node node, @Nullable Object dot) throws TemplateException {
    if (out.length() > LONGEST) {
      throw new TemplateException("result is too large");
    }
    switch (node) {
      case Node.Text(String text) -> out.append(text);
      case Node.Action(Pipe pipe) -> {
        Object value = pipe(pipe, dot);
        if (pipe.variables().isEmpty()) {
          out.append(value == null ? "<no value>" : Values.print(value));
        }
      }
      case Node.Branch branch -> {
        return branch(branch, dot);
      }
      case Node.Range range -> {
        return range(range, dot);
      }
      case Node.Leave(boolean again) -> {
        return again ? Flow.CONTINUE : Flow.BREAK;
      }
      case Node.Call call -> call(call, dot);
    }
    return Flow.ON;
  }

  private Flow branch(Node.Branch branch, @Nullable Object dot) throws TemplateException {
    int scope = variables.size();
    Object value = pipe(branch.pipe(), dot);
    Flow flow =
        Values.isTrue(value)
            ? walk(branch.then(), branch.with() ? value : dot)
            : walk(branch.otherwise(), dot);
    leave(scope);
    return flow;
  }

  private Flow range(Node.Range range, @Nullable Object dot) throws TemplateException {
    int scope = variables.size();
    Pipe pipe = range.pipe();
    Object value = value(pipe, dot);
    List<Object[]> rounds = elements(value);
    for (Object[] round : rounds) {
      if (++this.rounds > MOST_ROUNDS) {
        throw new TemplateException("too many rounds");
      }
      setRound(pipe, round[0], round[1]);
      Flow flow = walk(range.body(), round[1]);
      leave(scope);
      if (flow == Flow.BREAK) {
        break;
      }
    }
    Flow flow = rounds.isEmpty() ? walk(range.otherwise(), dot) : Flow.ON;
    leave(scope);
    return flow;
  }

  private void setRound(Pipe pipe, @Nullable Object key, @Nullable Object element) {
    List<String> names = pipe.variables();
    if (names.isEmpty()) {
      return;
    }
    set(pipe, names.getLast(), element);
    if (names.size() > 1) {
      set(pipe, names.getFirst(), key);
    }
  }

  private static List<Object[]> elements(@Nullable Object value) throws TemplateException {
    List<Object[]> elements = new ArrayList<>();
    switch (value) {
      case null -> {}
      case List<?> list -> {
        long index = 0;
        for (Object element : list) {
          elements.add(new Object[] {index++, element});
        }
      }
      case Map<?, ?> map ->
          new TreeMap<>(map).forEach((key, element) -> elements.add(new Object[] {key, element}));
      case Number number when !(number instanceof Double) -> {
        if (number.longValue() > MOST_ROUNDS) {
          throw new TemplateException("too many rounds");
        }
        for (long i = 0; i < number.longValue(); i++) {
          elements.add(new Object[] {i, i});
        }
      }
      default -> throw new TemplateException("range can't iterate over " + Values.print(value));
    }
    return elements;
  }

  private void call(Node.Call call, @Nullable Object dot) throws TemplateException {
    List<Node> body = templates.get(call.name());
    if (body == null) {
      throw new TemplateException("template \"" + call.name() + "\" not defined");
    }
    if (++rounds > MOST_ROUNDS) {
      throw new TemplateException("too many rounds");
    }
    if (++depth > DEEPEST) {
      throw new TemplateException("exceeded maximum template depth");
    }
    Pipe pipe = call.pipe();
    Object value = pipe == null ? null : pipe(pipe, dot);
    List<Variable> outer = variables;
    variables = new ArrayList<>();
    variables.add(new Variable("$", value));
    walk(body, value);
    variables = outer;
    depth--;
  }

  private void leave(int scope) {
    while (variables.size() > scope) {
      variables.removeLast();
    }
  }

  private @Nullable Object pipe(Pipe pipe, @Nullable Object dot) throws TemplateException {
    Object value = value(pipe, dot);
    for (String name : pipe.variables()) {
      set(pipe, name, value);
    }
    return value;
  }

  private @Nullable Object value(Pipe pipe, @Nullable Object dot) throws TemplateException {
    Object value = null;
    boolean piped = false;
    for (List<Operand> command : pipe.commands()) {
      value = command(command, dot, piped, value);
      piped = true;
    }
    return value;
  }

  private void set(Pipe pipe, String name, @Nullable Object value) {
    if (pipe.declares()) {
      variables.add(new Variable(name, value));
      return;
    }
    for (Variable variable : variables.reversed()) {
      if (variable.name.equals(name)) {
        variable.value = value;
        return;
      }
    }
  }

  private @Nullable Object command(
      List<Operand> command, @Nullable Object dot, boolean piped, @Nullable Object last)
      throws TemplateException {
    Operand first = command.getFirst();
    if (first instanceof Operand.Function(String name)) {
      return function(name, command.subList(1, command.size()), dot, piped, last);
    }
    if (command.size() > 1 || piped) {
      throw new TemplateException("can't give argument to non-function");
    }
    if (first instanceof Operand.Nil) {
      throw new TemplateException("nil is not a command");
    }
    return operand(first, dot);
  }

  private @Nullable Object function(
      String name,
      List<Operand> operands,
      @Nullable Object dot,
      boolean piped,
      @Nullable Object last)
      throws TemplateException {
    boolean or = name.equals("or");
    if (or || name.equals("and")) {
      return shortCircuit(name, or, operands, dot, piped, last);
    }
    List<@Nullable Object> arguments = new ArrayList<>();
    for (Operand operand : operands) {
      arguments.add(operand(operand, dot));
    }
    if (piped) {
      arguments.add(last);
    }
    return call(name, arguments);
  }

  private @Nullable Object call(String name, List<? extends @Nullable Object> arguments)
      throws TemplateException {
    Object result = Functions.call(name, arguments);
    growth.count(name, arguments, result);
    return result;
  }

  private @Nullable Object shortCircuit(
      String name,
      boolean or,
      List<Operand> operands,
      @Nullable Object dot,
      boolean piped,
      @Nullable Object last)
      throws TemplateException {
    if (operands.isEmpty() && !piped) {
      throw new TemplateException("wrong number of args for " + name + ": want at least 1 got 0");
    }
    Object value = null;
    for (Operand operand : operands) {
      value = operand(operand, dot);
      if (Values.isTrue(value) == or) {
        return value;
      }
    }
    return piped ? last : value;
  }

  private @Nullable Object operand(Operand operand, @Nullable Object dot) throws TemplateException {
    return switch (operand) {
      case Operand.Dot() -> dot;
      case Operand.Nil() -> null;
      case Operand.Constant(Object value) -> value;
      case Operand.Function(String name) -> call(name, List.of());
      case Operand.Variable(String name) -> variable(name);
      case Operand.Inner(Pipe pipe) -> pipe(pipe, dot);
      case Operand.Fields(Operand of, List<String> names) -> {
        Object value = operand(of, dot);
        for (String name : names) {
          value = field(value, name);
        }
        yield value;
      }
    };
  }

  private @Nullable Object variable(String name) throws TemplateException {
    for (Variable variable : variables.reversed()) {
      if (variable.name.equals(name)) {
        return variable.value;
      }
    }
    throw new TemplateException("undefined variable: " + name);
  }

  private static @Nullable Object field(@Nullable Object of, String name) throws TemplateException {
    return switch (of) {
      case null -> null;
      case Map<?, ?> map -> map.get(name);
      default ->
          throw new TemplateException("can't evaluate field " + name + " in type interface {}");
    };
  }
}
