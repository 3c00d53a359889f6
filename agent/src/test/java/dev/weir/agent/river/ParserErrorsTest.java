package dev.weir.agent.river;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.List;
import org.junit.jupiter.api.Test;

final class ParserErrorsTest {
  @Test
  void saysWhatCouldHaveFollowedAName() {
    assertThat(errors("a")).containsExactly("1:2: expected block label, got TERMINATOR");
    assertThat(errors("a \"\" + 1"))
        .containsExactly("1:6: expected attribute assignment or block body, got +");
    assertThat(errors("a.b")).containsExactly("1:4: expected block label, got TERMINATOR");
    assertThat(errors("a \"b\" + 1")).containsExactly("1:7: expected block body, got +");
    assertThat(errors("a b { }")).containsExactly("1:3: expected block label, got IDENT");
  }

  @Test
  void saysWhatIsWrongWithALabel() {
    assertThat(errors("a \"b c\" { }"))
        .containsExactly("1:3: expected block label to be a valid identifier, but got \"b c\"");
    assertThat(errors("a `b` { }"))
        .containsExactly("1:3: expected block label to be a double quoted string, but got \"`b`\"");
    assertThat(errors("a \"true\" { }"))
        .containsExactly("1:3: expected block label to be a valid identifier, but got \"true\"");
  }

  @Test
  void refusesDottedAndLabelledAttributes() {
    assertThat(errors("a.b = 1"))
        .containsExactly(
            "1:1: attribute names may only consist of a single identifier with no \".\"");
    assertThat(errors("a \"b\" = 1")).containsExactly("1:3: attribute names may not have labels");
  }

  @Test
  void wantsCommasBetweenElementsAndFieldsOfALine() {
    assertThat(errors("a = [\n1,\n2\n]\nb = { c = 1 d = 2 }\n"))
        .containsExactly("3:2: missing ',' in expression list", "5:13: missing ',' in field list");
  }

  @Test
  void recognisesABlockGivenToAnAttribute() {
    assertThat(errors("a = b.c \"d\" {\n  e = 1\n}\nf = g {\n}\n"))
        .containsExactly(
            "1:5: cannot use a block as an expression", "4:5: cannot use a block as an expression");
  }

  @Test
  void reportsErrorsOfSeveralStatements() {
    assertThat(errors("a = 1 + + 2\nb = f(())\nc = d.true\ne = 5\n= 6\n"))
        .containsExactly(
            "1:9: expected expression, got +",
            "2:8: expected expression, got )",
            "3:7: expected IDENT, got BOOL",
            "5:1: expected identifier, got =");
  }

  @Test
  void reportsOnlyTheFirstErrorOfALine() {
    assertThat(errors("a = ) ] }\nb = 1")).hasSize(1);
  }

  @Test
  void refusesTwoStatementsOnALine() {
    assertThat(errors("a = 1 b = 2")).containsExactly("1:7: expected TERMINATOR, got IDENT");
  }

  @Test
  void refusesAnUnclosedBlock() {
    assertThat(errors("a {\n")).containsExactly("2:1: expected }, got EOF");
  }

  @Test
  void underlinesTheWholeOfAWrongBlock() {
    assertThat(printed("a = b {\n}\n"))
        .isEqualTo(
            """
            Error: f:1:5: cannot use a block as an expression

            1 |   a = b {
              |  _____^^^
            2 | | }
              | |_^
            3 |  \s
            """);
  }

  private static List<String> errors(String text) {
    return diagnostics(text).stream().map(d -> d.summary().substring(2)).toList();
  }

  private static String printed(String text) {
    return DiagnosticPrinter.print(diagnostics(text), false);
  }

  private static List<Diagnostic> diagnostics(String text) {
    try {
      Parser.parse(SourceFile.of("f", text));
    } catch (DiagnosticsException e) {
      return e.diagnostics();
    }
    return fail("parsed");
  }
}
