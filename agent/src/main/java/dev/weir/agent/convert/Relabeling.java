package dev.weir.agent.convert;

import dev.weir.agent.river.Statement;
import dev.weir.agent.river.Synthetic;
import java.util.List;

/// `relabel_configs` as `rule` blocks.
final class Relabeling {
  private static final Field[] RULE = {
    Fields.list("source_labels"),
    Fields.text("separator"),
    Fields.text("regex"),
    Fields.number("modulus"),
    Fields.text("target_label"),
    Fields.text("replacement"),
    Fields.text("action")
  };

  private Relabeling() {}

  static List<Statement> rules(List<Section> configs) {
    return configs.stream()
        .<Statement>map(rule -> Synthetic.block("rule", null, Fields.statements(rule, RULE)))
        .toList();
  }
}
