package dev.weir.agent.loki.source.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.weir.agent.component.Health;
import dev.weir.agent.loki.source.journal.LokiSourceJournal.Arguments;
import dev.weir.agent.relabel.Rule;
import dev.weir.agent.relabel.Rules;
import dev.weir.agent.testkit.CollectingReceiver;
import dev.weir.agent.testkit.RiverArguments;
import dev.weir.agent.testkit.RunningComponent;
import dev.weir.agent.testkit.SeenEntry;
import dev.weir.agent.testkit.TestContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LokiSourceJournalTest {
  private static final String ID = "loki.source.journal.x";

  @TempDir Path directory;
  private final CollectingReceiver receiver = new CollectingReceiver();
  private final long now = TimeUnit.MILLISECONDS.toMicros(InstantSource.system().millis());
  private JournalWriter journal = new JournalWriter(Path.of("unset"));
  private @Nullable RunningComponent running;
  private @Nullable TestContext context;

  @BeforeEach
  void place() throws IOException {
    JournalWriter.needed();
    Files.createDirectories(directory.resolve("journal"));
    journal = journal("a");
  }

  @AfterEach
  void stop() {
    RunningComponent component = running;
    running = null;
    if (component != null) {
      component.close();
    }
  }

  private JournalWriter journal(String name) {
    return new JournalWriter(directory.resolve("journal").resolve(name + ".journal"));
  }

  private Arguments arguments(String body, Rules rules) {
    String path = "path = \"" + directory.resolve("journal") + "\"\n";
    return RiverArguments.decode(
        "forward_to = [receiver]\n" + path + body, Arguments.class, receiver, rules);
  }

  private LokiSourceJournal start(String body) {
    return start(arguments(body, Rules.NONE));
  }

  private LokiSourceJournal start(Arguments arguments) {
    var made = new TestContext(ID, directory.resolve("state"));
    context = made;
    var component = new LokiSourceJournal(arguments, made);
    running = new RunningComponent(component);
    return component;
  }

  private Path positions() {
    return directory.resolve("state").resolve(ID).resolve("positions.yml");
  }

  private void awaitLines(String... lines) {
    await().untilAsserted(() -> assertThat(receiver.lines()).containsExactly(lines));
  }

  private String scrape() {
    TestContext made = context;
    return made == null ? "" : made.scrape();
  }

  @Test
  void readsWhatIsThereAndWhatComes() throws Exception {
    journal.messages(now, "one", "two");
    start("labels = {host = \"n1\", job = \"mine\"}");
    awaitLines("one", "two");
    journal.messages(now + 10, "three");
    awaitLines("one", "two", "three");

    SeenEntry first = receiver.entries().getFirst();
    assertThat(first.labels()).containsExactlyInAnyOrderEntriesOf(Map.of("job", ID, "host", "n1"));
    assertThat(first.timestamp()).isEqualTo(now * 1000);
    assertThat(scrape()).containsPattern("loki_source_journal_target_lines_total\\{[^}]*} 3.0");
  }

  @Test
  void goesOnBehindTheLastConfirmedEntry() throws Exception {
    journal.messages(now, "one", "two");
    start("");
    awaitLines("one", "two");
    stop();
    journal.messages(now + 10, "three");
    start("max_age = \"0s\"");

    awaitLines("one", "two", "three");
    assertThat(Files.readString(positions())).contains("cursor-" + ID).contains("kind: cursor");
  }

  @Test
  void readsAgainWhatWasNotConfirmed() throws Exception {
    receiver.holdDeliveries();
    journal.messages(now, "one");
    start("");
    awaitLines("one");
    receiver.failAll();

    await().untilAsserted(() -> assertThat(receiver.lines()).containsExactly("one", "one"));
    receiver.confirmAll();
    stop();
    start("");
    journal.messages(now + 10, "two");
    awaitLines("one", "one", "two");
  }

  @Test
  void beginsNoFurtherBackThanMaxAge() throws Exception {
    journal.messages(now - TimeUnit.HOURS.toMicros(8), "old");
    journal.messages(now - TimeUnit.HOURS.toMicros(6), "young");
    start("");

    awaitLines("young");
  }

  @Test
  void readsOnlyWhatMatches() throws Exception {
    journal.write(
        now,
        List.of(
            Map.of("MESSAGE", "one", "_SYSTEMD_UNIT", "a.service", "PRIORITY", "3"),
            Map.of("MESSAGE", "two", "_SYSTEMD_UNIT", "b.service", "PRIORITY", "3"),
            Map.of("MESSAGE", "three", "_SYSTEMD_UNIT", "a.service", "PRIORITY", "6"),
            Map.of("MESSAGE", "four", "_SYSTEMD_UNIT", "a.service", "PRIORITY", "3")));
    LokiSourceJournal component = start("matches = \"_SYSTEMD_UNIT=a.service PRIORITY=3\"");
    awaitLines("one", "four");
    component.update(arguments("matches = \"_SYSTEMD_UNIT=b.service\"", Rules.NONE));
    journal.write(now + 10, List.of(Map.of("MESSAGE", "five", "_SYSTEMD_UNIT", "b.service")));

    awaitLines("one", "four", "five");
  }

  @Test
  void givesFieldsToRules() throws Exception {
    Rules rules =
        new Rules(
            List.of(
                RiverArguments.decode(
                    Rule.class,
                    "source_labels = [\"__journal__systemd_unit\"]\ntarget_label = \"unit\""),
                RiverArguments.decode(
                    Rule.class,
                    "source_labels = [\"__journal_priority_keyword\"]\ntarget_label = \"level\""),
                RiverArguments.decode(
                    Rule.class,
                    "source_labels = [\"__journal_priority\"]\nregex = \"7\"\naction = \"drop\"")));
    journal.write(
        now,
        List.of(
            Map.of("MESSAGE", "one", "_SYSTEMD_UNIT", "a.service", "PRIORITY", "3"),
            Map.of("MESSAGE", "debug", "PRIORITY", "7"),
            Map.of("_SYSTEMD_UNIT", "a.service"),
            Map.of("MESSAGE", "two", "PRIORITY", "6")));
    start(arguments("relabel_rules = rules", rules));
    awaitLines("one", "two");

    assertThat(receiver.entries().getFirst().labels())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("job", ID, "unit", "a.service", "level", "error"));
    assertThat(scrape())
        .containsPattern("parsing_errors_total\\{[^}]*error=\"no_message\"[^}]*} 1.0")
        .containsPattern("parsing_errors_total\\{[^}]*error=\"empty_labels\"[^}]*} 1.0");
  }

  @Test
  void writesAllFieldsAsJson() throws Exception {
    journal.write(now, List.of(Map.of("MESSAGE", "a <b>\n\"c\"", "PRIORITY", "6")));
    start("format_as_json = true");

    await().untilAsserted(() -> assertThat(receiver.lines()).hasSize(1));
    assertThat(receiver.lines().getFirst())
        .startsWith("{")
        .contains("\"MESSAGE\":\"a \\u003cb\\u003e\\n\\\"c\\\"\"")
        .contains("\"PRIORITY\":\"6\"")
        .endsWith("}");
  }

  @Test
  void followsTheJournalToItsNextFile() throws Exception {
    journal.messages(now, "one");
    start("");
    awaitLines("one");
    Files.move(
        directory.resolve("journal/a.journal"), directory.resolve("journal/a@1-2-3.journal"));
    journal("a").messages(now + 10, "two");
    awaitLines("one", "two");
    Files.delete(directory.resolve("journal/a@1-2-3.journal"));
    journal("a").messages(now + 20, "three");

    awaitLines("one", "two", "three");
  }

  @Test
  void losesNoneOfThousandsNorTheirBytes() throws Exception {
    List<String> lines =
        IntStream.range(0, 5000).mapToObj(n -> "line " + n + " \u00e9".repeat(n % 50)).toList();
    journal.messages(now, lines.toArray(String[]::new));
    start("");

    await().untilAsserted(() -> assertThat(receiver.lines()).hasSize(5000));
    assertThat(receiver.lines().get(4998)).startsWith("line 4998 ");
  }

  @Test
  void takesOverAlloysCursor() throws Exception {
    journal.messages(now, "one", "two");
    start("");
    awaitLines("one", "two");
    stop();
    String ours = Files.readString(positions());
    String cursor = ours.replaceAll("(?s).*cursor: \"([^\"]*)\".*", "$1");
    Files.writeString(
        positions(),
        "positions:\n  ? path: cursor-" + ID + "\n    labels: '{}'\n  : " + cursor + "\n");
    journal.messages(now + 10, "three");
    start("");

    awaitLines("one", "two", "three");
    assertThat(positions().resolveSibling("positions.yml.before")).exists();
  }

  @Test
  void takesOverPromtailsCursor() throws Exception {
    journal.messages(now, "one", "two");
    start("");
    awaitLines("one", "two");
    stop();
    String cursor = Files.readString(positions()).replaceAll("(?s).*cursor: \"([^\"]*)\".*", "$1");
    Files.delete(positions());
    Files.deleteIfExists(positions().resolveSibling("positions.yml.previous"));
    Path legacy = directory.resolve("promtail.yaml");
    Files.writeString(legacy, "positions:\n  cursor-journal: " + cursor + "\n");
    journal.messages(now + 10, "three");
    start("legacy_position {\n file = \"" + legacy + "\"\n name = \"journal\"\n}");

    awaitLines("one", "two", "three");
  }

  @Test
  void tellsThatThereIsNoSuchDirectory() throws Exception {
    Files.delete(directory.resolve("journal"));
    LokiSourceJournal component = start("");

    await()
        .untilAsserted(() ->
            assertThat(component.health())
                .hasValueSatisfying(health -> {
                  assertThat(health.state()).isEqualTo(Health.State.UNHEALTHY);
                  assertThat(health.message()).contains("no such file or directory");
                }));
    Files.createDirectories(directory.resolve("journal"));
    journal.messages(now, "one");
    awaitLines("one");
  }

  @Test
  void tellsThatTheLibraryIsMissing() {
    assertThatThrownBy(() -> LibSystemd.load("libnone.so.0"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("the journal needs libnone.so.0, which cannot be loaded");
  }

  @ParameterizedTest
  @CsvSource({
    "matches = \"unit\", matches must be FIELD=value",
    "matches = \"=x\", matches must be FIELD=value",
    "max_age = \"-1s\", max_age must not be negative",
  })
  void refusesWrongArguments(String body, String message) {
    assertThatThrownBy(() -> arguments(body, Rules.NONE)).hasMessageContaining(message);
  }
}
