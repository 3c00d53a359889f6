package dev.weir.agent.loki.process.stage;

import static dev.weir.agent.loki.process.stage.RunningStages.labels;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.agent.loki.Entry;
import java.time.Instant;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimestampStageTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "RFC3339|2024-03-01T10:11:12+02:00|2024-03-01T08:11:12Z",
        "RFC3339Nano|2024-03-01T10:11:12.5Z|2024-03-01T10:11:12.5Z",
        "ANSIC|Fri Mar  1 10:11:12 2024|2024-03-01T10:11:12Z",
        "RFC1123Z|Fri, 01 Mar 2024 10:11:12 -0700|2024-03-01T17:11:12Z",
        "Unix|1709287872|2024-03-01T10:11:12Z",
        "Unix|1709287872.25|2024-03-01T10:11:12.25Z",
        "UnixMs|1709287872123|2024-03-01T10:11:12.123Z",
        "UnixUs|1709287872123456|2024-03-01T10:11:12.123456Z",
        "UnixNs|1709287872123456789|2024-03-01T10:11:12.123456789Z",
        "2006-01-02 15:04:05|2024-03-01 10:11:12|2024-03-01T10:11:12Z",
        "Jan _2 15:04:05|Feb  3 04:05:06|2026-02-03T04:05:06Z"
      })
  void readsTheTime(String format, String text, Instant time) {
    var stages = RunningStages.river(timestamp("format = \"" + format + "\""));

    assertThat(stages.run("x", ts(text)).timestamp()).isEqualTo(nanos(time));
  }

  @Test
  void takesTheLocationForTimesWithoutAZone() {
    var stages =
        RunningStages.river(
            timestamp("format = \"2006-01-02 15:04:05\"\nlocation = \"America/New_York\""));

    assertThat(stages.run("x", ts("2024-07-01 12:00:00")).timestamp())
        .isEqualTo(nanos(Instant.parse("2024-07-01T16:00:00Z")));
  }

  @Test
  void triesTheFallbackFormats() {
    var stages =
        RunningStages.river(timestamp("format = \"RFC3339\"\nfallback_formats = [\"Unix\"]"));

    assertThat(stages.run("x", ts("7")).timestamp()).isEqualTo(7_000_000_000L);
  }

  @Test
  void putsAnEntryWithoutATimeBehindTheLastOneOfItsLabels() {
    var stages = RunningStages.river(timestamp("format = \"UnixNs\""));
    stages.run("x", ts("100").andThen(labels("a", "1")));

    assertThat(stages.run("x", ts("no").andThen(labels("a", "1"))).timestamp()).isEqualTo(101);
    assertThat(stages.run("x", labels("a", "1")).timestamp()).isEqualTo(102);
    assertThat(stages.run("x", ts("no").andThen(labels("a", "2"))).timestamp()).isZero();
  }

  @Test
  void keepsTheTimeOfAnEntryWhenAskedToSkip() {
    var stages =
        RunningStages.river(timestamp("format = \"UnixNs\"\naction_on_failure = \"skip\""));
    stages.run("x", ts("100"));

    assertThat(stages.run("x", ts("no").andThen(entry -> entry.timestamp(7))).timestamp())
        .isEqualTo(7);
  }

  @Test
  void setsEqualTimesApart() {
    var stages = RunningStages.river(timestamp("format = \"UnixNs\""));

    assertThat(stages.run("x", ts("100")).timestamp()).isEqualTo(100);
    assertThat(stages.run("x", ts("100")).timestamp()).isEqualTo(101);
    assertThat(stages.run("x", ts("100")).timestamp()).isEqualTo(102);
    assertThat(stages.run("x", ts("200")).timestamp()).isEqualTo(200);
  }

  @Test
  void keepsEqualTimesWhenAskedTo() {
    var stages =
        RunningStages.river(
            timestamp("format = \"UnixNs\"\naction_on_duplicate_timestamp = \"keep\""));
    stages.run("x", ts("100"));

    assertThat(stages.run("x", ts("100")).timestamp()).isEqualTo(100);
  }

  @Test
  void refusesWhatItDoesNotKnow() {
    assertThat(StagesText.errorOf(timestamp("format = \"Unix\"\nlocation = \"Mars\"")))
        .contains("unknown time zone Mars");
    assertThat(StagesText.errorOf(timestamp("format = \"Unix\"\naction_on_failure = \"x\"")))
        .contains("invalid action on failure");
  }

  private static String timestamp(String arguments) {
    return "stage.timestamp {\nsource = \"ts\"\n" + arguments + "\n}";
  }

  private static Consumer<Entry> ts(String text) {
    return RunningStages.origin(Map.of("ts", text));
  }

  private static long nanos(Instant time) {
    return time.getEpochSecond() * 1_000_000_000 + time.getNano();
  }
}
