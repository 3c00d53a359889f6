package dev.weir.agent.template;

import dev.weir.agent.template.Node.Operand;
import dev.weir.agent.template.Node.Pipe;
import dev.weir.agent.template.Token.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Reads a template. One use only.
final class TemplateParser {
  private static final int DEEPEST = 200;

  private final List<Token> tokens;
  private final boolean calls;
  private final Map<String, List<Node>> defined = new HashMap<>();
  private Deque<String> variables = new ArrayDeque<>();
  private int at;
  private int ranges;
  private int depth;

  /// @param calls whether `f(x)` is taken for `f (x)`
  TemplateParser(String text, boolean calls) {
    this.tokens = Lexer.tokens(text);
    this.calls = calls;
    variables.push("$");
  }

  /// The templates by name; the whole one is named `""`.
  Map<String, List<Node>> parse() {
    List<Node> whole = new ArrayList<>();
    if (!list(whole).isEmpty()) {
      throw error("unexpected {{" + tokens.get(at - 1).text() + "}}");
    }
    defined.put("", whole);
    return defined;
  }

  /// Reads until `end` or `else`, which it returns, or the end of the text.
  private String list(List<Node> nodes) {
    if (++depth > DEEPEST) {
      throw error("template nests too deeply");
    }
    while (true) {
      Token token = next();
      switch (token.kind()) {
        case END -> {
          depth--;
          return "";
        }
        case TEXT -> nodes.add(new Node.Text(token.text()));
        default -> {
          String closing = action(nodes);
          if (!closing.isEmpty()) {
            depth--;
            return closing;
          }
        }
      }
    }
  }

  private String action(List<Node> nodes) {
    Token token = peekNonSpace();
    if (token.is(Kind.WORD)) {
      switch (token.text()) {
        case "end", "else" -> {
          skipTo(token);
          return token.text();
        }
        case "if", "with", "range", "block", "define", "template", "break", "continue" -> {
          skipTo(token);
          control(token.text(), nodes);
          return "";
        }
        default -> {}
      }
    }
    nodes.add(new Node.Action(pipe("command", Kind.RIGHT)));
    return "";
  }

  private void control(String word, List<Node> nodes) {
    switch (word) {
      case "if", "with" -> nodes.add(branch(word));
      case "range" -> nodes.add(range());
      case "define" -> {
        String name = name("define");
        expectRight();
        define(name);
      }
      case "block" -> {
        String name = name("block");
        Pipe pipe = pipe("block", Kind.RIGHT);
        define(name);
        nodes.add(new Node.Call(name, pipe));
      }
      case "template" -> {
        String name = name("template");
        Pipe pipe = peekNonSpace().is(Kind.RIGHT) ? null : pipe("template", Kind.RIGHT);
        if (pipe == null) {
          expectRight();
        }
        nodes.add(new Node.Call(name, pipe));
      }
      default -> {
        expectRight();
        if (ranges == 0) {
          throw error("{{" + word + "}} outside {{range}}");
        }
        nodes.add(new Node.Leave(word.equals("continue")));
      }
    }
  }

  private void define(String name) {
    Deque<String> outer = variables;
    int outerRanges = ranges;
    variables = new ArrayDeque<>(List.of("$"));
    ranges = 0;
    List<Node> body = new ArrayList<>();
    requireEnd(list(body));
    expectRight();
    variables = outer;
    ranges = outerRanges;
    defined.put(name, body);
  }

  private Node branch(String word) {
    int scope = variables.size();
    Pipe pipe = pipe(word, Kind.RIGHT);
    List<Node> then = new ArrayList<>();
    List<Node> otherwise = new ArrayList<>();
    String closing = list(then);
    if (closing.equals("else")) {
      Token token = peekNonSpace();
      if (token.is(Kind.WORD) && (token.text().equals("if") || token.text().equals("with"))) {
        skipTo(token);
        otherwise.add(branch(token.text()));
        leave(scope);
        return new Node.Branch(word.equals("with"), pipe, then, otherwise);
      }
      expectRight();
      closing = list(otherwise);
    }
    requireEnd(closing);
    expectRight();
    leave(scope);
    return new Node.Branch(word.equals("with"), pipe, then, otherwise);
  }

  private Node range() {
    int scope = variables.size();
    Pipe pipe = pipe("range", Kind.RIGHT);
    List<Node> body = new ArrayList<>();
    List<Node> otherwise = new ArrayList<>();
    ranges++;
    String closing = list(body);
    ranges--;
    if (closing.equals("else")) {
      expectRight();
      closing = list(otherwise);
    }
    requireEnd(closing);
    expectRight();
    leave(scope);
    return new Node.Range(pipe, body, otherwise);
  }

  private void leave(int scope) {
    while (variables.size() > scope) {
      variables.pop();
    }
  }

  private void requireEnd(String closing) {
    if (closing.isEmpty()) {
      throw error("unexpected EOF");
    }
    if (!closing.equals("end")) {
      throw error("expected end; found {{else}}");
    }
  }

  private String name(String context) {
    Token token = nextNonSpace();
    if (!token.is(Kind.STRING)) {
      throw unexpected(token, context + " clause");
    }
    return token.text();
  }

  private Pipe pipe(String context, Kind end) {
    if (++depth > DEEPEST) {
      throw error("template nests too deeply");
    }
    List<String> names = new ArrayList<>();
    boolean declares = declaration(names, context.equals("range"));
    List<List<Operand>> commands = new ArrayList<>();
    while (true) {
      Token token = nextNonSpace();
      if (token.is(end)) {
        break;
      }
      at--;
      commands.add(command(end));
    }
    if (commands.isEmpty()) {
      throw error("missing value for " + context);
    }
    for (int i = 1; i < commands.size(); i++) {
      requireExecutable(commands.get(i).getFirst(), i);
    }
    if (declares) {
      names.forEach(variables::push);
    }
    depth--;
    return new Pipe(names, declares, commands);
  }

  private void requireExecutable(Operand first, int index) {
    if (first instanceof Operand.Constant
        || first instanceof Operand.Nil
        || first instanceof Operand.Dot) {
      throw error("non executable command in pipeline stage " + (index + 1));
    }
  }

  /// Reads `$x :=`, `$x =` or `$i, $e :=`.
  private boolean declaration(List<String> names, boolean two) {
    int start = at;
    Token variable = nextNonSpace();
    if (variable.is(Kind.VARIABLE)) {
      Token operator = nextNonSpace();
      if (operator.is(Kind.COMMA) && two) {
        Token second = nextNonSpace();
        Token declare = nextNonSpace();
        if (second.is(Kind.VARIABLE) && (declare.is(Kind.DECLARE) || declare.is(Kind.ASSIGN))) {
          names.add(variable.text());
          names.add(second.text());
          return declare.is(Kind.DECLARE);
        }
        throw unexpected(declare, "range");
      }
      if (operator.is(Kind.DECLARE) || operator.is(Kind.ASSIGN)) {
        names.add(variable.text());
        if (operator.is(Kind.ASSIGN)) {
          requireVariable(variable.text());
        }
        return operator.is(Kind.DECLARE);
      }
    }
    at = start;
    return false;
  }

  private List<Operand> command(Kind end) {
    List<Operand> operands = new ArrayList<>();
    while (true) {
      Token token = nextNonSpace();
      if (token.is(Kind.PIPE)) {
        break;
      }
      at--;
      if (token.is(end) || token.is(Kind.RIGHT) || token.is(Kind.CLOSE)) {
        if (!token.is(end)) {
          throw unexpected(token, "command");
        }
        break;
      }
      operands.add(operand());
      Token after = tokens.get(at);
      boolean call = calls && after.is(Kind.OPEN);
      if (!call
          && !after.is(Kind.SPACE)
          && !after.is(Kind.PIPE)
          && !after.is(Kind.RIGHT)
          && !after.is(Kind.CLOSE)) {
        throw unexpected(after, "operand");
      }
    }
    if (operands.isEmpty()) {
      throw error("empty command");
    }
    return operands;
  }

  private Operand operand() {
    Operand operand = term();
    List<String> fields = new ArrayList<>();
    while (tokens.get(at).is(Kind.FIELD)) {
      fields.add(next().text());
    }
    if (fields.isEmpty()) {
      return operand;
    }
    if (operand instanceof Operand.Constant || operand instanceof Operand.Nil) {
      throw unexpected(tokens.get(at - 1), "operand");
    }
    return operand instanceof Operand.Fields(Operand of, List<String> names)
        ? new Operand.Fields(of, joined(names, fields))
        : new Operand.Fields(operand, fields);
  }

  private static List<String> joined(List<String> first, List<String> second) {
    List<String> all = new ArrayList<>(first);
    all.addAll(second);
    return all;
  }

  private Operand term() {
    Token token = next();
    return switch (token.kind()) {
      case DOT -> new Operand.Dot();
      case FIELD -> new Operand.Fields(new Operand.Dot(), List.of(token.text()));
      case VARIABLE -> {
        requireVariable(token.text());
        yield new Operand.Variable(token.text());
      }
      case STRING -> new Operand.Constant(token.text());
      case CHARACTER -> new Operand.Constant((long) token.text().codePointAt(0));
      case NUMBER -> new Operand.Constant(Numbers.parse(token));
      case OPEN -> new Operand.Inner(pipe("parenthesized pipeline", Kind.CLOSE));
      case WORD -> word(token);
      default -> throw unexpected(token, "operand");
    };
  }

  private Operand word(Token token) {
    return switch (token.text()) {
      case "nil" -> new Operand.Nil();
      case "true" -> new Operand.Constant(true);
      case "false" -> new Operand.Constant(false);
      default -> {
        if (!Functions.isKnown(token.text())) {
          throw error("function \"" + token.text() + "\" not defined");
        }
        yield new Operand.Function(token.text());
      }
    };
  }

  private void requireVariable(String name) {
    if (!variables.contains(name)) {
      throw error("undefined variable \"" + name + "\"");
    }
  }

  private Token next() {
    Token token = tokens.get(at);
    at = Math.min(at + 1, tokens.size() - 1);
    return token;
  }

  private Token nextNonSpace() {
    Token token = next();
    while (token.is(Kind.SPACE)) {
      token = next();
    }
    return token;
  }

  private Token peekNonSpace() {
    int index = at;
    while (tokens.get(index).is(Kind.SPACE)) {
      index++;
    }
    return tokens.get(index);
  }

  private void skipTo(Token expected) {
    Token token = nextNonSpace();
    if (!token.equals(expected)) {
      throw new IllegalStateException("not the token looked at");
    }
  }

  private void expectRight() {
    Token token = nextNonSpace();
    if (!token.is(Kind.RIGHT)) {
      throw unexpected(token, "action");
    }
  }

  private TemplateSyntaxException unexpected(Token token, String context) {
    return error("unexpected \"" + token.text() + "\" in " + context);
  }

  private TemplateSyntaxException error(String message) {
    return new TemplateSyntaxException(tokens.get(Math.min(at, tokens.size() - 1)).line(), message);
  }
}
