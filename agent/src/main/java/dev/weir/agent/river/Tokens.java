package dev.weir.agent.river;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// The parser's view of a source: the current token, and the rules for errors and recovery.
///
/// Of the parser's complaints at most one is kept per line, since those that follow it there are
/// mostly its consequences.
final class Tokens {
  /// How deep blocks, values and operators may be nested; what evaluates and prints trees recurses.
  /// Parsing and printing at this depth fit a stack of 512 KiB, even while code is interpreted.
  static final int MAX_DEPTH = 250;

  private static final int MAX_TOKENS = 1_000_000;

  private final Lexer lexer;
  private final Lines lines;
  private final Problems problems;
  private final List<Comment> comments = new ArrayList<>();
  private Token current;
  private int previousEnd;
  private int count;
  private int depth;
  private int lastErrorLine;

  Tokens(SourceFile file, Lines lines, Problems problems) {
    this.lexer = new Lexer(file, problems);
    this.lines = lines;
    this.problems = problems;
    this.current = read();
  }

  Token current() {
    return current;
  }

  TokenKind kind() {
    return current.kind();
  }

  boolean at(TokenKind kind) {
    return current.kind() == kind;
  }

  boolean atEnd() {
    return at(TokenKind.EOF);
  }

  /// Comments read so far.
  List<Comment> comments() {
    return comments;
  }

  /// Consumes the current token and returns it.
  Token take() {
    Token taken = current;
    previousEnd = taken.end();
    current = read();
    return taken;
  }

  /// Consumes the current token whatever it is, and complains when it is not the expected one.
  Token expect(TokenKind kind) {
    if (!at(kind)) {
      error("expected " + kind + ", got " + kind());
    }
    return take();
  }

  /// Consumes tokens up to the first of the given kinds.
  void skipTo(Set<TokenKind> kinds) {
    while (!atEnd() && !kinds.contains(kind())) {
      take();
    }
  }

  /// Consumes tokens up to the end of the statement, past brackets that were opened in it.
  void skipStatement() {
    int curly = 0;
    int square = 0;
    int round = 0;
    while (!atEnd()) {
      switch (kind()) {
        case LCURLY -> curly++;
        case RCURLY -> curly--;
        case LBRACK -> square++;
        case RBRACK -> square--;
        case LPAREN -> round++;
        case RPAREN -> round--;
        case TERMINATOR -> {
          if (curly <= 0 && square <= 0 && round <= 0) {
            return;
          }
        }
        default -> {}
      }
      take();
    }
  }

  /// Complains at the current token.
  void error(String message) {
    int line = lines.position(current.start()).line();
    if (line != lastErrorLine) {
      lastErrorLine = line;
      problems.report(current.start(), message);
    }
  }

  /// Complains about a stretch, also on a line that has a complaint already.
  void error(Span span, String message) {
    problems.report(span, message);
  }

  Span span(Token token) {
    return lines.span(token.start(), token.end());
  }

  /// From the first byte of a token to the last byte that was consumed.
  Span spanFrom(Token first) {
    return lines.span(first.start(), previousEnd);
  }

  /// Enters one more level of nesting.
  void enter() {
    depth++;
    limitDepth(depth);
  }

  void leave() {
    depth--;
  }

  /// Gives up when a tree has grown too high.
  void limitDepth(int height) {
    if (height > MAX_DEPTH) {
      throw problems.abandon(
          current.start(), "nested too deeply: at most " + MAX_DEPTH + " levels are allowed");
    }
  }

  private Token read() {
    Token token = lexer.next();
    while (token.kind() == TokenKind.COMMENT) {
      comments.add(new Comment(token.text(), span(token)));
      limitCount(token);
      token = lexer.next();
    }
    limitCount(token);
    return token;
  }

  private void limitCount(Token token) {
    if (++count > MAX_TOKENS) {
      throw problems.abandon(
          token.start(), "the file is too large: at most " + MAX_TOKENS + " tokens are allowed");
    }
  }
}
