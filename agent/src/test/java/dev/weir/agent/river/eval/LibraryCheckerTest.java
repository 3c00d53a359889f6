package dev.weir.agent.river.eval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.agent.river.Diagnostic;
import dev.weir.agent.river.Diagnostic.Severity;
import java.util.List;
import org.junit.jupiter.api.Test;

class LibraryCheckerTest {
  private static final EvaluationOptions EXPERIMENTAL = new EvaluationOptions(true);

  @Test
  void remarksOnFunctionsThatAreOldOrTooNew() throws Exception {
    String text = "array.group_by(concat([sys.env(env(\"A\"))], a.concat), \"k\", true)";

    List<Diagnostic> found = check(text, EvaluationOptions.SETTLED);

    assertThat(found)
        .extracting(Diagnostic::severity)
        .containsExactly(Severity.ERROR, Severity.WARNING, Severity.WARNING);
    assertThat(found)
        .extracting(Diagnostic::summary)
        .satisfiesExactly(
            first ->
                assertThat(first)
                    .startsWith("test.river:1:1: array.group_by is at stability level"),
            second ->
                assertThat(second)
                    .startsWith("test.river:1:16: this stdlib function is deprecated"),
            third ->
                assertThat(third)
                    .startsWith("test.river:1:32: this stdlib function is deprecated"));
    assertThat(check(text, EXPERIMENTAL)).hasSize(2);
  }

  @Test
  void findsAFunctionHoweverItIsReached() throws Exception {
    assertThat(check("(array)[\"group_\" + \"by\"]([], \"k\", true)", EvaluationOptions.SETTLED))
        .extracting(Diagnostic::message)
        .singleElement()
        .asString()
        .startsWith("array.group_by is at stability level");
  }

  @Test
  void saysWhereTheLibraryEnds() throws Exception {
    assertThat(
            check(
                "{a = string.nope(\"x\"), b = [constants.nope], c = array(1), d = sys.env.x(1)}",
                EvaluationOptions.SETTLED))
        .extracting(Diagnostic::summary)
        .satisfiesExactly(
            first -> assertThat(first).isEqualTo("test.river:1:13: field \"nope\" does not exist"),
            second ->
                assertThat(second).isEqualTo("test.river:1:39: field \"nope\" does not exist"),
            third ->
                assertThat(third)
                    .isEqualTo("test.river:1:50: array should be function, got object"),
            fourth ->
                assertThat(fourth)
                    .startsWith("test.river:1:64: sys.env")
                    .contains("cannot access field \"x\" on value of type function"));
  }

  @Test
  void leavesToOthersWhatIsNotOfTheLibrary() throws Exception {
    assertThat(check("a.array.group_by(nothing, b[\"c\"])", EvaluationOptions.SETTLED)).isEmpty();
  }

  private static List<Diagnostic> check(String text, EvaluationOptions options) {
    return LibraryChecker.check(Texts.parse(text), options);
  }
}
