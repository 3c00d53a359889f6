package dev.weir.agent.discovery.relabel;

import dev.weir.agent.component.Component;
import dev.weir.agent.component.ComponentContext;
import dev.weir.agent.component.ComponentType;
import dev.weir.agent.component.Stability;
import dev.weir.agent.relabel.Rule;
import dev.weir.agent.relabel.Rules;
import dev.weir.agent.river.eval.BlockField;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/// Applies rules to targets and exports those that are left, and the rules themselves.
public final class DiscoveryRelabel implements Component<DiscoveryRelabel.Arguments> {
  public static final ComponentType<Arguments> TYPE =
      new ComponentType<>(
          "discovery.relabel",
          Stability.GENERALLY_AVAILABLE,
          Arguments.class,
          Exports.class,
          DiscoveryRelabel::new);

  /// What the block holds.
  ///
  /// @param targets to be changed
  /// @param rule applied in order
  public record Arguments(List<Map<String, String>> targets, @BlockField List<Rule> rule) {}

  /// What others refer to.
  ///
  /// @param output the targets that no rule dropped
  /// @param rules the rules themselves, for `relabel_rules` of sources
  public record Exports(List<Map<String, String>> output, Rules rules) {}

  private final ComponentContext context;

  DiscoveryRelabel(Arguments arguments, ComponentContext context) {
    this.context = context;
    update(arguments);
  }

  @Override
  public void run() throws InterruptedException {
    // All its work is done in update.
    new CountDownLatch(1).await();
  }

  @Override
  public void update(Arguments arguments) {
    var rules = new Rules(arguments.rule());
    List<Map<String, String>> output =
        arguments.targets().stream().map(rules::apply).flatMap(Optional::stream).toList();
    context.publish(new Exports(output, rules));
  }
}
