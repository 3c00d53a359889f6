package dev.weir.agent.convert;

import dev.weir.agent.river.Expression;
import dev.weir.agent.river.Statement;
import dev.weir.agent.river.Synthetic;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One scrape config on its way: what its sources have in common.
///
/// @param label of its components
/// @param forwardTo a list of receivers
/// @param rules of relabelling
/// @param into the components, in their order in the result
record Job(
    String label,
    Expression forwardTo,
    List<Statement> rules,
    @Nullable String positions,
    @Nullable String syncPeriod,
    List<Statement> into) {
  /// A component's attribute for where entries go.
  Statement forward() {
    return Synthetic.attribute("forward_to", forwardTo);
  }

  /// The rules as an argument of a source that relabels its entries itself; none without rules.
  List<Statement> relabelRules() {
    return rules.isEmpty()
        ? List.of()
        : List.of(
            Synthetic.attribute(
                "relabel_rules", Synthetic.reference("discovery.relabel." + label + ".rules")));
  }

  void component(String name, List<Statement> statements) {
    into.add(Synthetic.block(name, label, statements));
  }

  void component(String name, String ownLabel, List<Statement> statements) {
    into.add(Synthetic.block(name, ownLabel, statements));
  }
}
