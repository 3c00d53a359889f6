package dev.weir.agent.metrics;

import java.util.List;

/// Writes metrics of one name.
final class UserMetricText {
  private static final double WHOLE = 1e15;

  /// A metric and the labels of its owner.
  record Member(UserMetrics.Source source, List<String> labels) {}

  private final StringBuilder out;
  private final boolean openMetrics;

  UserMetricText(StringBuilder out, boolean openMetrics) {
    this.out = out;
    this.openMetrics = openMetrics;
  }

  void write(String name, List<Member> members) {
    int start = out.length();
    head(name, members.getFirst().source());
    int empty = out.length();
    for (Member member : members) {
      member
          .source()
          .collect((suffix, labels, value) -> sample(name + suffix, member, labels, value));
    }
    if (out.length() == empty) {
      out.setLength(start);
    }
  }

  private void head(String name, UserMetrics.Source first) {
    boolean counter = first.type().equals("counter");
    boolean total = name.endsWith("_total");
    String family = openMetrics && counter && total ? name.substring(0, name.length() - 6) : name;
    String type = openMetrics && counter && !total ? "unknown" : first.type();
    out.append("# HELP ").append(family).append(' ');
    escape(first.help(), false);
    out.append("\n# TYPE ").append(family).append(' ').append(type).append('\n');
  }

  private void sample(String name, Member member, List<String> labels, double value) {
    out.append(name);
    char separator = labels(member.labels(), List.of(), '{');
    separator = labels(labels, member.labels(), separator);
    if (separator == ',') {
      out.append('}');
    }
    out.append(' ').append(number(value)).append('\n');
  }

  private char labels(List<String> labels, List<String> taken, char separator) {
    char next = separator;
    for (int i = 0; i < labels.size(); i += 2) {
      String name = labels.get(i);
      if (!taken.contains(name)) {
        out.append(next).append(plain(name)).append("=\"");
        escape(labels.get(i + 1), true);
        out.append('"');
        next = ',';
      }
    }
    return next;
  }

  /// A name as readers that know only ASCII letters, digits and underscores take it.
  private static String plain(String name) {
    String plain = name.replaceAll("[^A-Za-z0-9_]", "_");
    return Character.isDigit(plain.charAt(0)) ? "_" + plain : plain;
  }

  private void escape(String text, boolean quoted) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '"' -> out.append(quoted ? "\\\"" : "\"");
        default -> out.append(c);
      }
    }
  }

  /// A number as Prometheus reads it.
  static String number(double value) {
    if (Double.isNaN(value)) {
      return "NaN";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "+Inf" : "-Inf";
    }
    return value == Math.rint(value) && Math.abs(value) < WHOLE
        ? Long.toString((long) value)
        : Double.toString(value);
  }
}
