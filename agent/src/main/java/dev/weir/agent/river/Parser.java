package dev.weir.agent.river;

import java.util.List;

/// Parses River files.
///
/// A file with errors gives no tree but every error found: the lexer's, and of the parser's one per
/// line. Nesting, the number of tokens and the number of errors are bounded, so that no input
/// exhausts stack or memory.
///
/// Thread-safe.
public final class Parser {
  private static final int MAX_BYTES = 16 << 20;

  private Parser() {}

  /// Parses a whole file.
  ///
  /// @throws DiagnosticsException with all errors
  public static RiverFile parse(SourceFile source) throws DiagnosticsException {
    return run(
        source,
        (tokens, lines) -> {
          List<Statement> statements = new StatementParser(tokens, lines).parseFile();
          Span span = lines.span(0, source.bytes().length);
          return new RiverFile(source, new Body(statements, span), tokens.comments());
        });
  }

  /// Parses a text that is one expression.
  ///
  /// @throws DiagnosticsException with all errors
  public static Expression parseExpression(SourceFile source) throws DiagnosticsException {
    return run(
        source,
        (tokens, lines) -> {
          Expression expression = new StatementParser(tokens, lines).parseExpression();
          tokens.expect(TokenKind.TERMINATOR);
          tokens.expect(TokenKind.EOF);
          return expression;
        });
  }

  private interface Rule<T> {
    T apply(Tokens tokens, Lines lines);
  }

  private static <T> T run(SourceFile source, Rule<T> rule) throws DiagnosticsException {
    if (source.bytes().length > MAX_BYTES) {
      Span start = new Lines(SourceFile.of(source.name(), "")).span(0, 0);
      String message = "the file is too large: at most " + MAX_BYTES + " bytes are allowed";
      throw new DiagnosticsException(Diagnostic.error(start, message));
    }
    Lines lines = new Lines(source);
    Problems problems = new Problems(lines);
    try {
      T result = rule.apply(new Tokens(source, lines, problems), lines);
      if (problems.isEmpty()) {
        return result;
      }
    } catch (Problems.Abandoned e) {
      // What it was abandoned for is among the problems.
    }
    throw new DiagnosticsException(problems.all());
  }
}
