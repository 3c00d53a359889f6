package dev.weir.agent.kubernetes;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A choice of objects by their labels, in the text form of Kubernetes: `app=web,tier!=cache,env in
/// (a, b),!canary`.
///
/// Immutable and thread-safe.
///
/// @param requirements all of which must hold; none chooses everything
public record LabelSelector(List<Requirement> requirements) {
  private static final String KEY = "[A-Za-z0-9](?:[-A-Za-z0-9_./]*[A-Za-z0-9])?";
  private static final String VALUE = "(?:[A-Za-z0-9](?:[-A-Za-z0-9_.]*[A-Za-z0-9])?)?";
  private static final Pattern FORM =
      Pattern.compile(
          "\\s*(?:(?<absent>!)\\s*)?(?<key>KEY)\\s*".replace("KEY", KEY)
              + "(?:(?<set>\\bin|\\bnotin)\\s*\\((?<values>[^()]*)\\)"
              + "|(?<sign>==|=|!=)\\s*(?<value>VALUE)".replace("VALUE", VALUE)
              + "|(?<order>[<>])\\s*(?<number>-?[0-9]+))?\\s*");
  private static final Pattern ONE_VALUE = Pattern.compile(VALUE);

  /// How a label's value is compared.
  public enum Operator {
    IN,
    NOT_IN,
    EXISTS,
    DOES_NOT_EXIST,
    GREATER,
    LESS
  }

  /// One condition.
  ///
  /// @param values to compare with; one number for an order, none for existence
  public record Requirement(String key, Operator operator, List<String> values) {
    public Requirement {
      values = List.copyOf(values);
    }

    /// One of an object's `matchExpressions`.
    ///
    /// @param operator `In`, `NotIn`, `Exists` or `DoesNotExist`
    /// @throws IllegalArgumentException when it cannot be meant
    public static Requirement of(String key, String operator, List<String> values) {
      Operator meant =
          switch (operator) {
            case "In" -> Operator.IN;
            case "NotIn" -> Operator.NOT_IN;
            case "Exists" -> Operator.EXISTS;
            case "DoesNotExist" -> Operator.DOES_NOT_EXIST;
            default ->
                throw new IllegalArgumentException(
                    "operator \""
                        + operator
                        + "\" must be \"In\", \"NotIn\", \"Exists\" or \"DoesNotExist\"");
          };
      boolean compares = meant == Operator.IN || meant == Operator.NOT_IN;
      if (compares == values.isEmpty()) {
        throw new IllegalArgumentException(
            compares
                ? "values must not be empty for operator " + operator
                : "values must be empty for operator " + operator);
      }
      return new Requirement(key, meant, values);
    }

    boolean matches(Map<String, String> labels) {
      String value = labels.get(key);
      return switch (operator) {
        case IN -> value != null && values.contains(value);
        case NOT_IN -> value == null || !values.contains(value);
        case EXISTS -> value != null;
        case DOES_NOT_EXIST -> value == null;
        case GREATER -> value != null && order(value) > 0;
        case LESS -> value != null && order(value) < 0;
      };
    }

    private int order(String value) {
      try {
        return Long.compare(Long.parseLong(value), Long.parseLong(values.getFirst()));
      } catch (NumberFormatException e) {
        return 0;
      }
    }
  }

  public LabelSelector {
    requirements = List.copyOf(requirements);
  }

  /// One of labels that must have these values, and of expressions that must hold as well.
  public static LabelSelector of(Map<String, String> labels, List<Requirement> expressions) {
    List<Requirement> all = new ArrayList<>();
    labels.forEach((key, value) -> all.add(new Requirement(key, Operator.IN, List.of(value))));
    all.addAll(expressions);
    return new LabelSelector(all);
  }

  /// Reads a selector.
  ///
  /// @param text empty for everything
  /// @throws IllegalArgumentException when it is none
  public static LabelSelector parse(String text) {
    List<Requirement> requirements = new ArrayList<>();
    for (String part : parts(text)) {
      requirements.add(requirement(part, text));
    }
    return new LabelSelector(requirements);
  }

  /// Splits at commas that are not between parentheses.
  private static List<String> parts(String text) {
    List<String> parts = new ArrayList<>();
    if (text.isBlank()) {
      return parts;
    }
    int depth = 0;
    int start = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '(' || c == ')') {
        depth += c == '(' ? 1 : -1;
      } else if (c == ',' && depth == 0) {
        parts.add(text.substring(start, i));
        start = i + 1;
      }
    }
    parts.add(text.substring(start));
    return parts;
  }

  private static Requirement requirement(String part, String text) {
    Matcher matcher = FORM.matcher(part);
    if (!matcher.matches()) {
      throw invalid(text, part);
    }
    String key = matcher.group("key");
    boolean bare = matcher.group("set") == null && matcher.group("sign") == null;
    if (matcher.group("absent") != null) {
      if (!bare || matcher.group("order") != null) {
        throw invalid(text, part);
      }
      return new Requirement(key, Operator.DOES_NOT_EXIST, List.of());
    }
    if (matcher.group("order") != null) {
      Operator operator = matcher.group("order").equals(">") ? Operator.GREATER : Operator.LESS;
      return new Requirement(key, operator, List.of(matcher.group("number")));
    }
    return bare
        ? new Requirement(key, Operator.EXISTS, List.of())
        : compared(matcher, key, part, text);
  }

  private static Requirement compared(Matcher matcher, String key, String part, String text) {
    String set = matcher.group("set");
    if (set == null) {
      Operator operator = matcher.group("sign").equals("!=") ? Operator.NOT_IN : Operator.IN;
      return new Requirement(key, operator, List.of(matcher.group("value")));
    }
    List<String> values =
        Arrays.stream(matcher.group("values").split(",", -1)).map(String::strip).toList();
    if (!values.stream().allMatch(value -> ONE_VALUE.matcher(value).matches())) {
      throw invalid(text, part);
    }
    return new Requirement(key, set.equals("in") ? Operator.IN : Operator.NOT_IN, values);
  }

  private static IllegalArgumentException invalid(String text, String part) {
    return new IllegalArgumentException(
        "invalid label selector \"" + text + "\": cannot understand \"" + part.strip() + "\"");
  }

  /// Whether an object with these labels is chosen.
  public boolean matches(@Nullable Map<String, String> labels) {
    Map<String, String> all = labels == null ? Map.of() : labels;
    return requirements.stream().allMatch(requirement -> requirement.matches(all));
  }

  /// Whether it chooses everything.
  public boolean isEmpty() {
    return requirements.isEmpty();
  }
}
