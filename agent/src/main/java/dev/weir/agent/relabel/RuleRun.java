package dev.weir.agent.relabel;

import dev.weir.agent.regex.GoMatch;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// Applies one rule to one set of labels.
final class RuleRun {
  /// Characters that a rule may give a label; rules that double a value would fill the heap. No
  /// Loki takes a fraction of that.
  private static final int LONGEST_VALUE = 1 << 16;

  private static final int LONGEST_SOURCE = 1 << 20;

  private RuleRun() {}

  /// Changes the labels as the rule says.
  ///
  /// @return false when the whole set is dropped
  static boolean apply(Rule rule, Map<String, String> labels) {
    String source = source(rule, labels);
    switch (rule.action()) {
      case DROP:
        return !rule.regex().matches(source);
      case KEEP:
        return rule.regex().matches(source);
      case DROPEQUAL:
        return !source.equals(labels.getOrDefault(rule.targetLabel(), ""));
      case KEEPEQUAL:
        return source.equals(labels.getOrDefault(rule.targetLabel(), ""));
      case REPLACE:
        replace(rule, source, labels);
        return true;
      case LOWERCASE:
        set(labels, rule.targetLabel(), source.toLowerCase(Locale.ROOT));
        return true;
      case UPPERCASE:
        set(labels, rule.targetLabel(), source.toUpperCase(Locale.ROOT));
        return true;
      case HASHMOD:
        set(labels, rule.targetLabel(), hashMod(source, rule.modulus()));
        return true;
      case LABELMAP:
        mapNames(rule, labels);
        return true;
      case LABELDROP:
        labels.keySet().removeIf(rule.regex()::matches);
        return true;
      case LABELKEEP:
        labels.keySet().removeIf(name -> !rule.regex().matches(name));
        return true;
    }
    throw new AssertionError(rule.action());
  }

  private static String source(Rule rule, Map<String, String> labels) {
    var joined = new StringBuilder();
    String separator = "";
    for (String name : rule.sourceLabels()) {
      if (joined.length() > LONGEST_SOURCE) {
        break;
      }
      joined.append(separator).append(labels.getOrDefault(name, ""));
      separator = rule.separator();
    }
    return joined.toString();
  }

  private static void replace(Rule rule, String source, Map<String, String> labels) {
    GoMatch match = rule.regex().match(source);
    if (match == null) {
      return;
    }
    String target = match.expand(rule.targetLabel());
    if (!target.isEmpty()) {
      set(labels, target, match.expand(rule.replacement()));
    }
  }

  private static String cut(String value) {
    if (value.length() <= LONGEST_VALUE) {
      return value;
    }
    boolean within = Character.isHighSurrogate(value.charAt(LONGEST_VALUE - 1));
    return value.substring(0, within ? LONGEST_VALUE - 1 : LONGEST_VALUE);
  }

  /// An empty value is no label.
  private static void set(Map<String, String> labels, String name, String value) {
    if (value.isEmpty()) {
      labels.remove(name);
    } else {
      labels.put(name, cut(value));
    }
  }

  private static void mapNames(Rule rule, Map<String, String> labels) {
    // In order of names, so that two labels mapped to one name give the same result every time.
    for (Map.Entry<String, String> label : new TreeMap<>(labels).entrySet()) {
      GoMatch match = rule.regex().match(label.getKey());
      if (match != null) {
        set(labels, match.expand(rule.replacement()), label.getValue());
      }
    }
  }

  private static String hashMod(String source, long modulus) {
    try {
      // MD5 only spreads values here, and Prometheus fixes it.
      byte[] digest =
          MessageDigest.getInstance("MD5").digest(source.getBytes(StandardCharsets.UTF_8));
      return Long.toUnsignedString(
          Long.remainderUnsigned(ByteBuffer.wrap(digest).getLong(8), modulus));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has MD5", e);
    }
  }
}
