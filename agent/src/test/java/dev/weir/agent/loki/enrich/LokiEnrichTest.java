package dev.weir.agent.loki.enrich;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.agent.loki.Batch;
import dev.weir.agent.loki.Entry;
import dev.weir.agent.loki.Labels;
import dev.weir.agent.loki.Lane;
import dev.weir.agent.loki.enrich.LokiEnrich.Arguments;
import dev.weir.agent.river.DiagnosticsException;
import dev.weir.agent.testkit.CollectingReceiver;
import dev.weir.agent.testkit.RiverArguments;
import dev.weir.agent.testkit.SeenEntry;
import dev.weir.agent.testkit.TestContext;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LokiEnrichTest {
  private static final String TARGETS =
      """
      targets            = [
        {host = "web", env = "prod", owner = "a"},
        {host = "db", env = "test"},
        {env = "none"},
      ]
      target_match_label = "host"
      forward_to         = [receiver]
      """;

  @TempDir Path storage;
  private final CollectingReceiver receiver = new CollectingReceiver();

  @Test
  void copiesAllLabelsOfTheTargetThatMatches() throws Exception {
    LokiEnrich enrich = enrich("");
    enrich.accept(
        batch(
            Labels.of("host", "web", "env", "own"),
            Labels.of("host", "other"),
            Labels.of("x", "y")));

    assertThat(receiver.entries())
        .extracting(SeenEntry::labels)
        .containsExactly(
            Map.of("host", "web", "env", "prod", "owner", "a"),
            Map.of("host", "other"),
            Map.of("x", "y"));
  }

  @Test
  void copiesSomeLabelsByAnotherLabelOfTheEntry() throws Exception {
    LokiEnrich enrich = enrich("logs_match_label = \"node\"\nlabels_to_copy = [\"owner\", \"no\"]");
    enrich.accept(batch(Labels.of("node", "web"), Labels.of("node", "db")));

    assertThat(receiver.entries())
        .extracting(SeenEntry::labels)
        .containsExactly(Map.of("node", "web", "owner", "a"), Map.of("node", "db"));
  }

  @Test
  void takesNewTargetsWhileRunning() throws Exception {
    LokiEnrich enrich = enrich("");
    enrich.update(
        RiverArguments.decode(
            "targets = [{host = \"web\", env = \"new\"}]\ntarget_match_label = \"host\"\n"
                + "forward_to = [receiver]",
            Arguments.class,
            receiver));
    enrich.accept(batch(Labels.of("host", "web")));

    assertThat(receiver.entries().getFirst().labels())
        .isEqualTo(Map.of("host", "web", "env", "new"));
  }

  @Test
  void refusesWrongArguments() {
    assertThatThrownBy(
            () -> RiverArguments.decode(Arguments.class, "targets = []\nforward_to = []"))
        .isInstanceOf(DiagnosticsException.class)
        .hasMessageContaining("target_match_label");
  }

  private LokiEnrich enrich(String more) {
    return new LokiEnrich(
        RiverArguments.decode(TARGETS + more, Arguments.class, receiver),
        new TestContext("loki.enrich.test", storage));
  }

  private static Batch batch(Labels... sets) {
    var batch = new Batch(new Lane("test"));
    for (Labels labels : sets) {
      Entry entry = batch.add();
      entry.line("x");
      entry.labels(labels);
    }
    return batch;
  }
}
