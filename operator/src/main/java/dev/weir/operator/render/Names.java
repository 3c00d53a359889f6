package dev.weir.operator.render;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// Names that users give, and those that are Weir's own.
final class Names {
  /// Labels that tell where an entry comes from.
  static final Set<String> RESERVED =
      Set.of("namespace", "pod", "container", "node", "stream", "job", "cluster");

  static final String SEVERITY = "__weir_severity";

  private static final Pattern LABEL = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]*");
  private static final Pattern FIELD = Pattern.compile("[a-zA-Z_@][a-zA-Z0-9_@.-]*");

  private Names() {}

  static boolean isLabel(String name) {
    return LABEL.matcher(name).matches();
  }

  /// Whether a user may give a label or metadata this name.
  static boolean isOwnLabel(String name) {
    return isLabel(name) && !name.startsWith("__");
  }

  /// Whether a user may name a field so.
  static boolean isField(String name) {
    return FIELD.matcher(name).matches() && !name.startsWith("__");
  }

  /// As Prometheus writes names of Kubernetes' labels.
  static String plain(String key) {
    String plain = key.replaceAll("[^a-zA-Z0-9_]", "_");
    return !plain.isEmpty() && Character.isDigit(plain.charAt(0)) ? "_" + plain : plain;
  }

  /// The name behind `__meta_kubernetes_..._label_`.
  static String meta(String prefix, String key) {
    return "__meta_kubernetes_" + prefix + "_" + key.replaceAll("[^a-zA-Z0-9_]", "_");
  }

  static String hex(int value, int digits) {
    return String.format(Locale.ROOT, "%0" + digits + "x", value);
  }
}
