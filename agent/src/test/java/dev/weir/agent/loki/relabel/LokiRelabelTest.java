package dev.weir.agent.loki.relabel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.agent.loki.Batch;
import dev.weir.agent.loki.Entry;
import dev.weir.agent.loki.Labels;
import dev.weir.agent.loki.Lane;
import dev.weir.agent.relabel.Action;
import dev.weir.agent.relabel.AnchoredRegex;
import dev.weir.agent.relabel.Rule;
import dev.weir.agent.relabel.Rules;
import dev.weir.agent.testkit.CollectingReceiver;
import dev.weir.agent.testkit.RunningComponent;
import dev.weir.agent.testkit.SeenEntry;
import dev.weir.agent.testkit.TestContext;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LokiRelabelTest {
  private static final Rule UPPER = Rule.of(Action.UPPERCASE, "app", "app");
  private static final Rule DROP_DB =
      new Rule(List.of("app"), ";", AnchoredRegex.parse("DB"), 0, "", "$1", Action.DROP);

  @TempDir Path storage;
  private TestContext context;
  private final CollectingReceiver receiver = new CollectingReceiver();
  private final Lane lane = new Lane("test");

  @BeforeEach
  void makeContext() {
    context = new TestContext("loki.relabel.t", storage);
  }

  @Test
  void changesLabelsAndDropsEntries() throws Exception {
    LokiRelabel relabel = relabel(UPPER, DROP_DB);
    relabel.accept(batch(Labels.of("app", "web"), Labels.of("app", "db"), Labels.EMPTY));
    relabel.accept(batch(Labels.of("app", "web")));

    assertThat(receiver.entries())
        .extracting(SeenEntry::labels)
        .containsExactly(Map.of("app", "WEB"), Map.of("app", "WEB"));
    assertThat(context.scrape())
        .containsPattern("loki_relabel_entries_processed\\{\\S* 4")
        .containsPattern("loki_relabel_entries_written\\{\\S* 2")
        .containsPattern("loki_relabel_cache_hits\\{\\S* 1")
        .containsPattern("loki_relabel_cache_misses\\{\\S* 3")
        .containsPattern("loki_relabel_cache_size\\S* 3");
  }

  @Test
  void leavesItsInputAsItWas() throws Exception {
    Batch batch = batch(Labels.of("app", "web"));
    relabel(UPPER).accept(batch);

    assertThat(batch.get(0).labels()).isEqualTo(Labels.of("app", "web"));
  }

  @Test
  void takesNewRulesWhileRunning() throws Exception {
    LokiRelabel relabel = relabel(UPPER);
    relabel.accept(batch(Labels.of("app", "web")));
    relabel.update(new LokiRelabel.Arguments(List.of(receiver), 10, List.of()));
    relabel.accept(batch(Labels.of("app", "web")));

    assertThat(receiver.entries().getLast().labels()).isEqualTo(Map.of("app", "web"));
    assertThat(context.published().getLast())
        .isEqualTo(new LokiRelabel.Exports(relabel, Rules.NONE));
  }

  @Test
  void leavesNothingBehindInALaneThatOutlivesIt() throws Exception {
    for (int i = 0; i < 100; i++) {
      LokiRelabel relabel = relabel(UPPER);
      try (var _ = new RunningComponent(relabel)) {
        relabel.accept(batch(Labels.of("app", "web")));
        relabel.update(new LokiRelabel.Arguments(List.of(receiver), 10, List.of()));
        relabel.accept(batch(Labels.of("app", "web")));
        assertThat(lane.hooks()).isEqualTo(1);
      }
    }
    assertThat(lane.hooks()).isZero();
  }

  private LokiRelabel relabel(Rule... rules) {
    return new LokiRelabel(
        new LokiRelabel.Arguments(List.of(receiver), 10, List.of(rules)), context);
  }

  private Batch batch(Labels... sets) {
    var batch = new Batch(lane);
    for (Labels labels : sets) {
      Entry entry = batch.add();
      entry.line("x");
      entry.labels(labels);
    }
    return batch;
  }
}
