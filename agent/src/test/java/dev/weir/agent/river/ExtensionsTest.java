package dev.weir.agent.river;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// What configurations in use write and Alloy refuses: Weir reads it, and prints what both read.
final class ExtensionsTest {
  @Test
  void readsObjectsWhoseFieldsEndWithTheirLines() throws DiagnosticsException {
    assertThat(formatted("a = {\n  b  = 1\n\n  \"c\" = [2]\n}\n"))
        .isEqualTo(formatted("a = {\n  b  = 1,\n\n  \"c\" = [2],\n}\n"));
  }

  @Test
  void readsTheLastFieldOfALineWithoutAComma() throws DiagnosticsException {
    assertThat(formatted("a = { b = 1, c = 2\n}\n"))
        .isEqualTo(formatted("a = { b = 1, c = 2,\n}\n"));
  }

  @Test
  void readsCommentsThatStartWithAHash() throws DiagnosticsException {
    String text = "# first\na = 1 # second\n\nb {\n\t# third\n\tc = 2\n}\n";

    assertThat(formatted(text)).isEqualTo(text);
  }

  @Test
  void endsAStatementBeforeAHash() throws DiagnosticsException {
    Body body = Parser.parse(SourceFile.of("a.river", "a = 1 # = 2\nb = 3#4")).body();

    assertThat(body.statements()).hasSize(2);
  }

  private static String formatted(String text) throws DiagnosticsException {
    return Printer.print(Parser.parse(SourceFile.of("a.river", text)));
  }
}
