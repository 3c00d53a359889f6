package dev.weir.agent.river;

import com.code_intelligence.jazzer.junit.FuzzTest;

/// Fuzz targets; without a fuzzer they run on the seeds in the resources.
final class ParserFuzzTest {
  /// Every input ends in a tree that prints, or in diagnostics that print.
  @FuzzTest(maxDuration = "5m")
  void parsesOrExplainsEveryInput(byte[] input) {
    SourceFile source = new SourceFile("fuzz", input);
    try {
      Printer.print(Parser.parse(source));
    } catch (DiagnosticsException e) {
      DiagnosticPrinter.print(e.diagnostics(), true);
    }
  }

  /// Every token is made of at least one byte or ends a statement, so that reading ends.
  @FuzzTest(maxDuration = "5m")
  void readsEveryInputToItsEnd(byte[] input) {
    SourceFile source = new SourceFile("fuzz", input);
    Lexer lexer = new Lexer(source, new Problems(new Lines(source)));
    try {
      int end = 0;
      for (Token token = lexer.next(); token.kind() != TokenKind.EOF; token = lexer.next()) {
        if (token.start() < end || token.end() < token.start()) {
          throw new AssertionError("tokens overlap at " + token.start());
        }
        end = token.end();
      }
    } catch (Problems.Abandoned e) {
      // Too many errors.
    }
  }

  /// What parses as a string literal decodes.
  @FuzzTest(maxDuration = "5m")
  void decodesEveryLiteralThatParses(byte[] input) {
    try {
      SourceFile source = new SourceFile("fuzz", input);
      Expression expression = Parser.parseExpression(source);
      if (expression instanceof Expression.Literal literal
          && literal.kind() == Expression.LiteralKind.STRING) {
        StringLiteral.decode(literal.text());
      }
    } catch (DiagnosticsException e) {
      DiagnosticPrinter.print(e.diagnostics(), false);
    }
  }
}
