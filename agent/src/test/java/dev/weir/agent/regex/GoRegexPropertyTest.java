package dev.weir.agent.regex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/// Our engine against RE2/J, which is slow but a faithful port of Go's.
class GoRegexPropertyTest {
  @Property(tries = 1000)
  void findsWhatTheReferenceFinds(
      @ForAll("patterns") String pattern, @ForAll("inputs") String input) {
    Pattern reference = reference(pattern);
    GoRegex regex = GoRegex.compile(pattern);
    GoMatch match = regex.match(input);
    Matcher matcher = reference.matcher(input);
    boolean found = matcher.find();

    assertThat(match != null).isEqualTo(found);
    for (int group = 0; match != null && group <= regex.groupCount(); group++) {
      assertThat(match.start(group)).as("start of %d", group).isEqualTo(matcher.start(group));
      assertThat(match.end(group)).as("end of %d", group).isEqualTo(matcher.end(group));
    }
  }

  @Property(tries = 1000)
  void findsTheSameInBytesAsInText(
      @ForAll("patterns") String pattern, @ForAll("inputs") String input) {
    reference(pattern);
    GoRegex regex = GoRegex.compile(pattern);
    byte[] bytes = input.getBytes(StandardCharsets.UTF_8);
    int[] spans = new int[2 * (regex.groupCount() + 1)];
    boolean found = regex.find(bytes, 0, bytes.length, spans);
    GoMatch match = regex.match(input);

    assertThat(found).isEqualTo(match != null);
    for (int group = 0; match != null && group <= regex.groupCount(); group++) {
      String text =
          spans[2 * group] < 0
              ? null
              : new String(
                  Arrays.copyOfRange(bytes, spans[2 * group], spans[2 * group + 1]),
                  StandardCharsets.UTF_8);
      assertThat(text).isEqualTo(match.group(group));
    }
  }

  @Property(tries = 1000)
  void takesOrRefusesWhatTheReferenceTakesOrRefuses(@ForAll("scribbles") String pattern) {
    boolean taken = true;
    try {
      Pattern.compile(pattern);
    } catch (PatternSyntaxException refused) {
      taken = false;
    }
    if (taken) {
      assertThatCode(() -> GoRegex.compile(pattern)).doesNotThrowAnyException();
    } else if (pattern.indexOf('{') < 0) {
      // The reference takes a brace that is plain text for an operator, which Go does not.
      assertThat(GoRegexPropertyTest.refused(pattern)).isTrue();
    }
  }

  private static boolean refused(String pattern) {
    try {
      GoRegex.compile(pattern);
      return false;
    } catch (GoRegexException expected) {
      return true;
    }
  }

  private static Pattern reference(String pattern) {
    try {
      return Pattern.compile(pattern);
    } catch (PatternSyntaxException refused) {
      Assume.that(false);
      throw refused;
    }
  }

  @Provide
  Arbitrary<String> inputs() {
    return Arbitraries.of(
            "a", "b", "K", "k", "\u212a", "s", "\u017f", "1", "_", " ", "-", "é", "😀", "\n", "\r",
            "\u2028", "İ", "ı", "i")
        .list()
        .ofMaxSize(12)
        .map(parts -> String.join("", parts));
  }

  @Provide
  Arbitrary<String> scribbles() {
    return Arbitraries.of(
            "a",
            "b",
            "(",
            ")",
            "(?:",
            "(?i)",
            "[",
            "]",
            "^",
            "-",
            "\\",
            "d",
            "*",
            "+",
            "?",
            "{",
            "2",
            ",",
            "}",
            "|",
            "\\Q",
            "\\E",
            "[:alpha:]",
            ":",
            "x",
            "\\x",
            "p",
            "L",
            "$",
            ".")
        .list()
        .ofMinSize(1)
        .ofMaxSize(8)
        .map(parts -> String.join("", parts));
  }

  @Provide
  Arbitrary<String> patterns() {
    return Arbitraries.recursive(this::atoms, GoRegexPropertyTest::larger, 0, 4);
  }

  private static Arbitrary<String> larger(Arbitrary<String> part) {
    return Arbitraries.oneOf(
        part.list().ofMinSize(2).ofMaxSize(3).map(parts -> String.join("", parts)),
        part.list().ofMinSize(2).ofMaxSize(3).map(parts -> "(" + String.join("|", parts) + ")"),
        part.map(inner -> "(" + inner + ")"),
        Arbitraries.of("*", "+", "?", "*?", "+?", "??", "{2}", "{1,2}", "{2,}?")
            .flatMap(repeat -> part.map(inner -> "(?:" + inner + ")" + repeat)),
        Arbitraries.of("i", "s", "m", "U", "im", "-s")
            .flatMap(flags -> part.map(inner -> "(?" + flags + ":" + inner + ")")));
  }

  private Arbitrary<String> atoms() {
    return Arbitraries.of(
        "a",
        "b",
        "ab",
        "k",
        "s",
        "1",
        "é",
        "😀",
        ".",
        "^",
        "$",
        "\\b",
        "\\B",
        "\\d",
        "\\w",
        "\\s",
        "\\W",
        "[ab]",
        "[^a]",
        "[^\\s]",
        "[a-k]",
        "[[:alpha:]]",
        "[[:^space:]_]",
        "\\pL",
        "\\P{Lu}",
        "\\A",
        "\\z",
        "\\Qa-\\E",
        "[\\w-]",
        "[^\\d\\n]",
        "i",
        "İ");
  }
}
