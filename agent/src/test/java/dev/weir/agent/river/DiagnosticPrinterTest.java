package dev.weir.agent.river;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class DiagnosticPrinterTest {
  @Test
  void underlinesAStretchOfOneLineBetweenItsNeighbours() {
    String file = "loki.echo \"a\" {\n\tport   = 1\n\tother  = 2\n}";

    assertThat(print(file, at(2, 2), at(2, 5)))
        .isEqualTo(
            """
            Error: test.river:2:2: wrong

            1 | loki.echo "a" {
            2 |     port   = 1
              |     ^^^^
            3 |     other  = 2
            """);
  }

  @Test
  void showsFewerLinesAtTheFilesEnds() {
    assertThat(print("a, b", at(1, 2), at(1, 2)))
        .isEqualTo(
            """
            Error: test.river:1:2: wrong

            1 | a, b
              |  ^
            """);
  }

  @Test
  void widensTheGutterToTheWidestNumber() {
    String file = "\n".repeat(8) + "nine\nten";

    assertThat(print(file, at(9, 1), at(9, 4)))
        .isEqualTo(
            """
            Error: test.river:9:1: wrong

             8 |\s
             9 | nine
               | ^^^^
            10 | ten
            """);
  }

  @Test
  void drawsARailAlongAStretchOfSeveralLines() {
    String file = "before\nkey = [\n\t1,\n\t\t2] after\nend";

    assertThat(print(file, at(2, 7), at(4, 4)))
        .isEqualTo(
            """
            Error: test.river:2:7: wrong

            1 |   before
            2 |   key = [
              |  _______^
            3 | |     1,
            4 | |         2] after
              | |_________^^
            5 |   end
            """);
  }

  @Test
  void showsThePlaceBehindTheLastLine() {
    assertThat(print("a {\n", at(2, 1), at(2, 1)))
        .isEqualTo(
            """
            Error: test.river:2:1: wrong

            1 | a {
            2 |\s
              |\s
            """);
  }

  @Test
  void countsColumnsInBytes() {
    assertThat(print("é = §", at(1, 6), at(1, 7)))
        .isEqualTo(
            """
            Error: test.river:1:6: wrong

            1 | é = §
              |     ^
            """);
  }

  @Test
  void keepsControlCharactersOffTheTerminal() {
    assertThat(print("a \u001b[31m b\r\n", at(1, 1), at(1, 1)))
        .isEqualTo(
            """
            Error: test.river:1:1: wrong

            1 | a \ufffd[31m b
              | ^
            2 |\s
            """);
  }

  @Test
  void separatesDiagnosticsByAnEmptyLine() {
    SourceFile file = SourceFile.of("f", "one\ntwo");
    Span span = new Span(file, at(1, 1), at(1, 3));

    String text =
        DiagnosticPrinter.print(
            List.of(
                Diagnostic.warning(span, "old"),
                Diagnostic.error(null, "placeless"),
                Diagnostic.error(span, "bad")),
            false);

    assertThat(text)
        .isEqualTo(
            """
            Warning: f:1:1: old

            1 | one
              | ^^^
            2 | two

            Error: placeless

            Error: f:1:1: bad

            1 | one
              | ^^^
            2 | two
            """);
  }

  @Test
  void coloursOnlyTheHeader() {
    Diagnostic diagnostic = Diagnostic.error(null, "bad");

    assertThat(DiagnosticPrinter.print(List.of(diagnostic), true))
        .isEqualTo("\u001b[31;1mError: \u001b[0m\u001b[1mbad\n\u001b[0m");
  }

  @Test
  void neverShowsTheValue() {
    Diagnostic diagnostic =
        new Diagnostic(Diagnostic.Severity.ERROR, null, "a should be number", "\"hunter2\"");

    assertThat(DiagnosticPrinter.print(List.of(diagnostic), false)).doesNotContain("hunter2");
  }

  private static String print(String file, Position start, Position end) {
    Span span = new Span(SourceFile.of("test.river", file), start, end);
    return DiagnosticPrinter.print(List.of(Diagnostic.error(span, "wrong")), false);
  }

  private static Position at(int line, int column) {
    return new Position(0, line, column);
  }
}
