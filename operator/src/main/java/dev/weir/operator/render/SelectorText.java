package dev.weir.operator.render;

import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Writes Kubernetes' selectors as text, and asks them.
final class SelectorText {
  private static final Pattern KEY =
      Pattern.compile(
          "([a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?");
  private static final Pattern VALUE =
      Pattern.compile("([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?");

  private SelectorText() {}

  /// The selector; empty for all.
  ///
  /// @throws IllegalArgumentException for what is no label
  static String of(@Nullable LabelSelector selector) {
    if (selector == null) {
      return "";
    }
    List<String> parts = new ArrayList<>();
    new TreeMap<>(labels(selector))
        .forEach((key, value) -> parts.add(key(key) + "=" + value(value)));
    for (LabelSelectorRequirement one : expressions(selector)) {
      parts.add(requirement(one));
    }
    return String.join(",", parts);
  }

  private static String requirement(LabelSelectorRequirement one) {
    String key = key(one.getKey());
    return switch (operator(one)) {
      case "Exists" -> key;
      case "DoesNotExist" -> "!" + key;
      case "In" -> key + " in (" + values(one) + ")";
      case "NotIn" -> key + " notin (" + values(one) + ")";
      default ->
          throw new IllegalArgumentException(
              "the operator must be In, NotIn, Exists or DoesNotExist");
    };
  }

  private static String operator(LabelSelectorRequirement one) {
    return one.getOperator() == null ? "" : one.getOperator();
  }

  private static String values(LabelSelectorRequirement one) {
    if (one.getValues() == null || one.getValues().isEmpty()) {
      throw new IllegalArgumentException("the operators In and NotIn need values");
    }
    return String.join(",", one.getValues().stream().map(SelectorText::value).toList());
  }

  private static String key(@Nullable String key) {
    if (key == null || !KEY.matcher(key).matches()) {
      throw new IllegalArgumentException("not the key of a label");
    }
    return key;
  }

  private static String value(@Nullable String value) {
    if (value == null || !VALUE.matcher(value).matches()) {
      throw new IllegalArgumentException("not the value of a label");
    }
    return value;
  }

  /// Whether labels are meant; a null selector means none.
  static boolean matches(@Nullable LabelSelector selector, Map<String, String> labels) {
    return selector != null
        && labels(selector).entrySet().stream()
            .allMatch(one -> one.getValue().equals(labels.get(one.getKey())))
        && expressions(selector).stream().allMatch(one -> holds(one, labels));
  }

  private static boolean holds(LabelSelectorRequirement one, Map<String, String> labels) {
    String value = labels.get(one.getKey());
    List<String> values = one.getValues() == null ? List.of() : one.getValues();
    return switch (operator(one)) {
      case "Exists" -> value != null;
      case "DoesNotExist" -> value == null;
      case "In" -> value != null && values.contains(value);
      case "NotIn" -> value == null || !values.contains(value);
      default -> false;
    };
  }

  private static Map<String, String> labels(LabelSelector selector) {
    return selector.getMatchLabels() == null ? Map.of() : selector.getMatchLabels();
  }

  private static List<LabelSelectorRequirement> expressions(LabelSelector selector) {
    return selector.getMatchExpressions() == null ? List.of() : selector.getMatchExpressions();
  }
}
