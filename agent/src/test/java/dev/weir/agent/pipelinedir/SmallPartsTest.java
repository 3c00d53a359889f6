package dev.weir.agent.pipelinedir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Rates, messages for others, and what is left on disk.
class SmallPartsTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long MINUTE = 60 * SECOND;

  @Test
  void ratesAreOfTheirWindow() {
    var rate = new Rate();
    double total = 0;
    for (int i = 0; i <= 30; i++) {
      rate.sample(i * 10L * SECOND, total);
      total += i < 24 ? 100 : 1000;
    }

    assertThat(rate.perSecond(MINUTE)).isCloseTo(100, within(0.1));
    assertThat(rate.perSecond(5 * MINUTE)).isCloseTo(28, within(0.1));
  }

  @Test
  void ratesOfAYoungPipelineAreOfItsWholeLife() {
    var rate = new Rate();
    assertThat(rate.perSecond(MINUTE)).isZero();
    rate.sample(0, 0);
    rate.sample(10 * SECOND, 50);

    assertThat(rate.perSecond(5 * MINUTE)).isCloseTo(5, within(0.01));
  }

  @Test
  void ratesSurviveATotalThatBeginsAnew() {
    var rate = new Rate();
    rate.sample(0, 1000);

    assertThat(rate.sample(10 * SECOND, 30)).isEqualTo(30);
    rate.sample(20 * SECOND, 130);
    assertThat(rate.perSecond(MINUTE)).isCloseTo(10, within(0.01));
  }

  @Test
  void ratesGoOnForEver() {
    var rate = new Rate();
    for (int i = 0; i < 1000; i++) {
      rate.sample(i * 10L * SECOND, 10.0 * i);
      if (i > 0) {
        assertThat(rate.perSecond(MINUTE)).isCloseTo(1, within(0.001));
        assertThat(rate.perSecond(5 * MINUTE)).isCloseTo(1, within(0.001));
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          cannot reach https://me:pass@loki.example.com/push?token=abc now | cannot reach https://loki.example.com/push now
          Get "http://h:3100/p?q=1#f": refused | Get "http://h:3100/p": refused
          header Authorization: Bearer abcdef123456 | header Authorization: (secret) (secret)
          Basic dXNlcjpwYXNz refused | Basic (secret) refused
          password=hunter2 is wrong | password=(secret) is wrong
          {"api_key":"k-1","x":1} | {"api_key":"(secret)","x":1}
          nothing to hide at all | nothing to hide at all
          """)
  void messagesForOthersHoldNoSecrets(String message, String cleaned) {
    assertThat(Scrub.clean(message)).isEqualTo(cleaned);
  }

  @Test
  void messagesForOthersAreOneShortLine() {
    assertThat(Scrub.clean("a\r\n\tb")).isEqualTo("a b");
    assertThat(Scrub.clean("x".repeat(100_000))).hasSize(512);
  }

  @Test
  void stateOfAPipelineThatIsGoneIsKeptForSevenDays(@TempDir Path root) throws Exception {
    Files.createDirectories(root.resolve("gone/loki.source.file.in_0"));
    Files.writeString(root.resolve("gone/loki.source.file.in_0/positions"), "x");
    Files.createDirectories(root.resolve("used"));
    var state = new OldState(root);
    Instant start = Instant.parse("2026-01-01T00:00:00Z");

    state.sweep(Set.of("used"), start);
    state.sweep(Set.of("used"), start.plus(Duration.ofDays(7)));
    assertThat(root.resolve("gone/loki.source.file.in_0/positions")).exists();

    state.sweep(Set.of("used"), start.plus(Duration.ofDays(7)).plusSeconds(1));
    assertThat(root.resolve("gone")).doesNotExist();
    assertThat(root.resolve("used")).exists();
  }

  @Test
  void stateOfAPipelineThatCameBackIsNotOldAnyMore(@TempDir Path root) throws Exception {
    Files.createDirectories(root.resolve("a"));
    var state = new OldState(root);
    Instant start = Instant.parse("2026-01-01T00:00:00Z");

    state.sweep(Set.of(), start);
    state.sweep(Set.of("a"), start.plus(Duration.ofDays(6)));
    state.sweep(Set.of(), start.plus(Duration.ofDays(8)));

    assertThat(root.resolve("a")).exists();
  }
}
