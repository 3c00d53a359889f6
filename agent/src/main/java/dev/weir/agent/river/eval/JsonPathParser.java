package dev.weir.agent.river.eval;

import dev.weir.agent.river.eval.JsonPath.Child;
import dev.weir.agent.river.eval.JsonPath.Combined;
import dev.weir.agent.river.eval.JsonPath.Comparison;
import dev.weir.agent.river.eval.JsonPath.Condition;
import dev.weir.agent.river.eval.JsonPath.Descent;
import dev.weir.agent.river.eval.JsonPath.Element;
import dev.weir.agent.river.eval.JsonPath.Exists;
import dev.weir.agent.river.eval.JsonPath.Filter;
import dev.weir.agent.river.eval.JsonPath.Not;
import dev.weir.agent.river.eval.JsonPath.Operand;
import dev.weir.agent.river.eval.JsonPath.Slice;
import dev.weir.agent.river.eval.JsonPath.Step;
import dev.weir.agent.river.eval.JsonPath.Union;
import dev.weir.agent.river.eval.JsonPath.Wildcard;
import dev.weir.agent.river.eval.Value.BoolValue;
import dev.weir.agent.river.eval.Value.NullValue;
import dev.weir.agent.river.eval.Value.NumberValue;
import dev.weir.agent.river.eval.Value.StringValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Parses JSON paths. The leading `$` may be left out.
final class JsonPathParser {
  private static final int DEEPEST = 100;
  private static final Pattern NUMBER = Pattern.compile("-?[0-9]+(\\.[0-9]+)?([eE][+-]?[0-9]+)?");
  private static final List<String> COMPARISONS = List.of("==", "!=", "<=", ">=", "<", ">");
  private static final Map<String, Value> WORDS =
      Map.of("true", new BoolValue(true), "false", new BoolValue(false), "null", NullValue.NULL);
  private static final JsonPath NOWHERE = new JsonPath(List.of());

  private final String text;
  private int at;
  private int depth;

  private JsonPathParser(String text) {
    this.text = text;
  }

  /// The path.
  ///
  /// @throws IllegalArgumentException when the text is none
  static JsonPath parse(String text) {
    var parser = new JsonPathParser(text);
    if (!parser.take("$")) {
      parser.take("@");
    }
    List<Step> steps = new ArrayList<>();
    if (parser.at == 0 && parser.nameStarts()) {
      steps.add(parser.name());
    }
    parser.steps(steps);
    if (parser.at < text.length()) {
      throw parser.unexpected();
    }
    return new JsonPath(steps);
  }

  private void steps(List<Step> steps) {
    while (true) {
      if (take("..")) {
        steps.add(new Descent());
        if (!peek("[")) {
          steps.add(name());
        }
      } else if (take(".")) {
        steps.add(name());
      } else if (take("[")) {
        steps.add(bracket());
      } else {
        return;
      }
    }
  }

  private boolean nameStarts() {
    return at < text.length() && ".[".indexOf(text.charAt(at)) < 0;
  }

  private Step name() {
    if (take("*")) {
      return new Wildcard();
    }
    int start = at;
    while (at < text.length() && " .[]()=<>!&|,".indexOf(text.charAt(at)) < 0) {
      at++;
    }
    if (start == at) {
      throw unexpected();
    }
    return new Child(text.substring(start, at));
  }

  private Step bracket() {
    blanks();
    if (take("?")) {
      Condition condition = either();
      expect("]");
      return new Filter(condition);
    }
    List<Step> choices = new ArrayList<>();
    do {
      blanks();
      choices.add(choice());
      blanks();
    } while (take(","));
    expect("]");
    return choices.size() == 1 ? choices.getFirst() : new Union(choices);
  }

  private Step choice() {
    if (take("*")) {
      return new Wildcard();
    }
    if (peek("'") || peek("\"")) {
      return new Child(quoted());
    }
    Integer first = integer();
    blanks();
    if (!take(":")) {
      if (first == null) {
        throw unexpected();
      }
      return new Element(first);
    }
    Integer end = integer();
    Integer by = take(":") ? integer() : null;
    return new Slice(first, end, by == null ? 1 : by);
  }

  private @Nullable Integer integer() {
    blanks();
    int start = at;
    take("-");
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    if (start == at) {
      return null;
    }
    try {
      return Integer.parseInt(text.substring(start, at));
    } catch (NumberFormatException e) {
      throw unexpected();
    }
  }

  private Condition either() {
    Condition left = both();
    while (takeAfterBlanks("||")) {
      left = new Combined(false, left, both());
    }
    return left;
  }

  private Condition both() {
    Condition left = condition();
    while (takeAfterBlanks("&&")) {
      left = new Combined(true, left, condition());
    }
    return left;
  }

  private Condition condition() {
    if (++depth > DEEPEST) {
      throw new IllegalArgumentException("JSON path is nested too deep");
    }
    try {
      if (takeAfterBlanks("!")) {
        return new Not(condition());
      }
      if (take("(")) {
        Condition inner = either();
        expect(")");
        return inner;
      }
      return comparison();
    } finally {
      depth--;
    }
  }

  private Condition comparison() {
    Operand left = operand();
    blanks();
    for (String operator : COMPARISONS) {
      if (take(operator)) {
        return new Comparison(operator, left, operand());
      }
    }
    return new Exists(left);
  }

  private Operand operand() {
    blanks();
    if (peek("'") || peek("\"")) {
      return literal(new StringValue(quoted()));
    }
    if (peek("@") || peek("$")) {
      boolean fromRoot = text.charAt(at++) == '$';
      List<Step> steps = new ArrayList<>();
      steps(steps);
      return new Operand(null, new JsonPath(steps), fromRoot);
    }
    for (Map.Entry<String, Value> word : WORDS.entrySet()) {
      if (take(word.getKey())) {
        return literal(word.getValue());
      }
    }
    Matcher number = NUMBER.matcher(text).region(at, text.length());
    if (!number.lookingAt()) {
      throw unexpected();
    }
    at = number.end();
    return literal(new NumberValue(Double.parseDouble(number.group())));
  }

  private static Operand literal(Value value) {
    return new Operand(value, NOWHERE, false);
  }

  private String quoted() {
    char quote = text.charAt(at++);
    var out = new StringBuilder();
    while (at < text.length() && text.charAt(at) != quote) {
      if (text.charAt(at) == '\\' && at + 1 < text.length()) {
        at++;
      }
      out.append(text.charAt(at++));
    }
    expect(Character.toString(quote));
    return out.toString();
  }

  private boolean peek(String token) {
    return text.startsWith(token, at);
  }

  private boolean take(String token) {
    if (!peek(token)) {
      return false;
    }
    at += token.length();
    return true;
  }

  private boolean takeAfterBlanks(String token) {
    blanks();
    return take(token);
  }

  private void expect(String token) {
    blanks();
    if (!take(token)) {
      throw unexpected();
    }
  }

  private void blanks() {
    while (at < text.length() && text.charAt(at) == ' ') {
      at++;
    }
  }

  private IllegalArgumentException unexpected() {
    String found =
        at < text.length() ? Refusals.quote(text.substring(at, at + 1)) : "the end of the path";
    return new IllegalArgumentException(
        "invalid JSON path: unexpected " + found + " at character " + (at + 1));
  }
}
