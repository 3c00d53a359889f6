package dev.weir.agent.convert;

import dev.weir.agent.convert.Finding.Severity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.yaml.snakeyaml.nodes.Node;

/// Collects what a conversion finds. For one thread.
final class Findings {
  private record Placed(int line, Finding finding) {}

  private final List<Placed> all = new ArrayList<>();

  void critical(Node where, String text) {
    add(Severity.CRITICAL, where, text);
  }

  void error(Node where, String text) {
    add(Severity.ERROR, where, text);
  }

  void warning(Node where, String text) {
    add(Severity.WARNING, where, text);
  }

  void info(Node where, String text) {
    add(Severity.INFO, where, text);
  }

  private void add(Severity severity, Node where, String text) {
    int line = where.getStartMark().getLine() + 1;
    all.add(new Placed(line, new Finding(severity, "line " + line + ": " + text)));
  }

  /// In the order of the lines that they are about.
  List<Finding> all() {
    return all.stream().sorted(Comparator.comparingInt(Placed::line)).map(Placed::finding).toList();
  }

  boolean critical() {
    return all.stream().anyMatch(one -> one.finding().severity() == Severity.CRITICAL);
  }
}
