package dev.weir.agent.river;

import dev.weir.agent.go.GoQuote;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Parses bodies, blocks and attributes.
final class StatementParser {
  private static final Set<TokenKind> STATEMENT_START = Set.of(TokenKind.IDENT);

  private final Tokens tokens;
  private final Lines lines;
  private final ExpressionParser expressions;

  StatementParser(Tokens tokens, Lines lines) {
    this.tokens = tokens;
    this.lines = lines;
    this.expressions = new ExpressionParser(tokens, this);
  }

  List<Statement> parseFile() {
    return parseStatements(TokenKind.EOF);
  }

  Expression parseExpression() {
    return expressions.parse();
  }

  /// Parses statements up to a token, which is left in place.
  List<Statement> parseStatements(TokenKind until) {
    List<Statement> statements = new ArrayList<>();
    while (!tokens.at(until) && !tokens.atEnd()) {
      Statement statement = parseStatement();
      if (statement != null) {
        statements.add(statement);
      }
      if (tokens.at(until)) {
        break;
      }
      if (!tokens.at(TokenKind.TERMINATOR)) {
        tokens.error("expected " + TokenKind.TERMINATOR + ", got " + tokens.kind());
        tokens.skipStatement();
      }
      tokens.take();
    }
    return statements;
  }

  private @Nullable Statement parseStatement() {
    Header header = parseHeader();
    if (header == null) {
      tokens.skipTo(STATEMENT_START);
      return null;
    }
    return switch (tokens.kind()) {
      case ASSIGN -> parseAttribute(header);
      case LCURLY -> parseBlock(header);
      default -> {
        String expected =
            header.fitsAttribute() ? "attribute assignment or block body" : "block body";
        tokens.error("expected " + expected + ", got " + tokens.kind());
        tokens.skipTo(STATEMENT_START);
        yield null;
      }
    };
  }

  private Attribute parseAttribute(Header header) {
    tokens.take();
    if (header.parts.size() != 1) {
      int length = String.join(".", header.parts).getBytes(StandardCharsets.UTF_8).length;
      int start = header.first.start();
      tokens.error(
          lines.span(start, start + length),
          "attribute names may only consist of a single identifier with no \".\"");
    } else if (header.labelToken != null) {
      tokens.error(tokens.span(header.labelToken), "attribute names may not have labels");
    }
    Expression value = expressions.parse();
    Span name = tokens.span(header.first);
    return new Attribute(header.parts.getFirst(), name, value, name.to(value.span()));
  }

  private Block parseBlock(Header header) {
    tokens.enter();
    Token open = tokens.take();
    List<Statement> statements = parseStatements(TokenKind.RCURLY);
    tokens.expect(TokenKind.RCURLY);
    tokens.leave();
    Body body = new Body(statements, tokens.spanFrom(open));
    Token label = header.label == null ? null : header.labelToken;
    return new Block(
        header.parts,
        header.label,
        label == null ? null : tokens.span(label),
        lines.span(header.first.start(), header.nameEnd),
        body,
        tokens.spanFrom(header.first));
  }

  /// What stands before `=` or `{`.
  private static final class Header {
    final Token first;
    final List<String> parts = new ArrayList<>();
    int nameEnd;
    @Nullable String label;
    @Nullable Token labelToken;

    Header(Token first) {
      this.first = first;
      add(first);
    }

    void add(Token part) {
      parts.add(part.text());
      nameEnd = part.end();
    }

    boolean fitsAttribute() {
      return parts.size() == 1 && label == null;
    }
  }

  private @Nullable Header parseHeader() {
    if (!tokens.at(TokenKind.IDENT)) {
      tokens.error("expected identifier, got " + tokens.kind());
      return null;
    }
    Header header = new Header(tokens.take());
    while (tokens.at(TokenKind.DOT)) {
      tokens.take();
      if (!tokens.at(TokenKind.IDENT)) {
        tokens.error("expected identifier, got " + tokens.kind());
      }
      header.add(tokens.take());
    }
    if (!tokens.at(TokenKind.ASSIGN) && !tokens.at(TokenKind.LCURLY)) {
      parseLabel(header);
    }
    return header;
  }

  private void parseLabel(Header header) {
    if (!tokens.at(TokenKind.STRING)) {
      tokens.error("expected block label, got " + tokens.kind());
      tokens.take();
      return;
    }
    Token token = tokens.current();
    String text = token.text();
    if (text.charAt(0) != '"') {
      tokens.error(
          "expected block label to be a double quoted string, but got " + GoQuote.quote(text));
    }
    if (text.length() > 2) {
      header.label = text.substring(1, text.length() - 1);
      if (!Lexer.isIdentifier(header.label)) {
        tokens.error(
            "expected block label to be a valid identifier, but got "
                + GoQuote.quote(header.label));
      }
    }
    header.labelToken = token;
    tokens.take();
  }
}
