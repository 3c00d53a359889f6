package dev.weir.agent.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SprigFunctionsTest {
  private static String run(String template) throws Exception {
    return Template.parse("{{ " + template + " }}").execute(Map.of());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      textBlock =
          """
          dateInZone "2006-01-02 15:04:05 MST" 1709287872 "UTC" ~ 2024-03-01 10:11:12 UTC
          date_in_zone "15:04 MST" 1709287872 "Europe/Berlin" ~ 11:11 CET
          dateInZone "15:04 MST" 1709287872 "Nowhere/Land" ~ 10:11 UTC
          htmlDateInZone 1709287872 "Asia/Tokyo" ~ 2024-03-01
          toDate "2006-01-02T15:04:05Z07:00" "2024-03-01T10:11:12Z" | unixEpoch ~ 1709287872
          toDate "2006-01-02" "no date" | unixEpoch ~ -62135596800
          toDate "2006-01-02 15:04 -0700" "2024-03-01 10:11 +0530" ~ 2024-03-01 10:11:00 +0530 +0530
          toDate "2006-01-02T15:04:05Z07:00" "2024-03-01T10:11:12Z" | dateModify "-1h" | unixEpoch ~ 1709284272
          toDate "2006-01-02T15:04:05Z07:00" "2024-03-01T10:11:12Z" | dateModify "x" | unixEpoch ~ 1709287872
          duration 95 ~ 1m35s
          duration "3600" ~ 1h0m0s
          duration "x" ~ 0s
          durationRound "2h10m5s" ~ 2h
          durationRound "2400h10m5s" ~ 3mo
          durationRound "12s" ~ 12s
          now | typeOf ~ time.Time
          """)
  void answersAsSprigDoes(String template, String answer) throws Exception {
    assertThat(run(template)).isEqualTo(answer);
  }

  @Test
  void knowsThePresent() throws Exception {
    long before = InstantSource.system().instant().getEpochSecond();
    long epoch = Long.parseLong(run("now | unixEpoch"));

    assertThat(epoch).isBetween(before, InstantSource.system().instant().getEpochSecond());
    assertThat(run("now | ago")).isIn("0s", "1s");
    assertThat(run("dateInZone \"2006-01-02T15:04:05Z\" now \"UTC\""))
        .satisfies(text ->
            assertThat(Instant.parse(text).getEpochSecond()).isBetween(before, before + 60));
  }

  @Test
  void failsWhereItMust() {
    assertThatThrownBy(() -> run("mustToDate \"2006-01-02\" \"no date\""))
        .isInstanceOf(TemplateException.class);
    assertThatThrownBy(() -> run("mustDateModify \"x\" now")).isInstanceOf(TemplateException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "randAlphaNum 20, [A-Za-z0-9]{20}",
    "randAlpha 20, [A-Za-z]{20}",
    "randNumeric 5, [0-9]{5}",
    "randAscii 40, [ -~]{40}",
    "randBytes 3, [A-Za-z0-9+/]{4}",
    "randInt 3 5, [34]",
    "uuidv4, '[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}'",
  })
  void makesWhatIsDifferentEachTime(String template, String pattern) throws Exception {
    assertThat(run(template)).matches(pattern);
  }

  @Test
  void shufflesAllCharacters() throws Exception {
    assertThat(run("shuffle \"abcä\"").chars().sorted().toArray())
        .isEqualTo("abcä".chars().sorted().toArray());
  }

  @ParameterizedTest
  @CsvSource({"randAlpha -1", "randAlpha 1000000", "randInt 5 5"})
  void refusesWhatCannotBe(String template) {
    assertThatThrownBy(() -> run(template)).isInstanceOf(TemplateException.class);
  }

  @ParameterizedTest
  @CsvSource({"env", "expandenv", "getHostByName", "genPrivateKey", "bcrypt", "encryptAES"})
  void refusesWhatReachesOutside(String name) {
    assertThatThrownBy(() -> Template.parse("{{ " + name + " \"x\" }}"))
        .isInstanceOf(TemplateSyntaxException.class)
        .hasMessageContaining("function \"" + name + "\" not defined");
  }
}
