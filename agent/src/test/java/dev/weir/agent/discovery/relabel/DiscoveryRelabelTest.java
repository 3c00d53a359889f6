package dev.weir.agent.discovery.relabel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.agent.relabel.Action;
import dev.weir.agent.relabel.Rule;
import dev.weir.agent.relabel.Rules;
import dev.weir.agent.testkit.TestContext;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiscoveryRelabelTest {
  @TempDir Path storage;

  @Test
  void exportsTheTargetsThatAreLeftAndTheRules() {
    var context = new TestContext("discovery.relabel.t", storage);
    List<Rule> rules =
        List.of(
            Rule.of(Action.DROPEQUAL, "skip", "name"), Rule.of(Action.UPPERCASE, "app", "name"));
    var targets = List.of(Map.of("name", "a", "skip", "a"), Map.of("name", "b", "skip", "a"));

    var component = new DiscoveryRelabel(new DiscoveryRelabel.Arguments(targets, rules), context);
    component.update(new DiscoveryRelabel.Arguments(List.of(), rules));

    assertThat(context.published())
        .containsExactly(
            new DiscoveryRelabel.Exports(
                List.of(Map.of("name", "b", "skip", "a", "app", "B")), new Rules(rules)),
            new DiscoveryRelabel.Exports(List.of(), new Rules(rules)));
  }
}
