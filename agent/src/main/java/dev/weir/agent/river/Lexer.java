package dev.weir.agent.river;

/// Splits a source into tokens, comments included.
///
/// There is no statement separator in River: the end of a line becomes a terminator when the token
/// before it can end a statement.
final class Lexer {
  private static final int MAX_NUMBER_LENGTH = 1000;

  private final Source source;
  private final Problems problems;
  private boolean lineEndTerminates;

  Lexer(SourceFile file, Problems problems) {
    this.source = new Source(file, problems);
    this.problems = problems;
  }

  /// Whether a text is one identifier and nothing else.
  static boolean isIdentifier(String text) {
    if (text.isEmpty() || !Characters.isLetter(text.codePointAt(0))) {
      return false;
    }
    boolean wellFormed = text.codePoints().allMatch(Lexer::isIdentifierPart);
    return wellFormed && wordKind(text) == TokenKind.IDENT;
  }

  /// The next token; the end of the file again and again once it is reached.
  Token next() {
    skipWhitespace();
    int start = source.offset();
    int character = source.current();
    if (character == '\n' || (character == Source.END && lineEndTerminates)) {
      return terminator(start);
    }
    if (startsComment(character)) {
      if (lineEndTerminates && CommentLookahead.reachesLineEnd(source.bytes(), start)) {
        lineEndTerminates = false;
        return new Token(TokenKind.TERMINATOR, "", start, start);
      }
      lineEndTerminates = false;
      return comment(start);
    }
    TokenKind kind = scan(character);
    if (kind != TokenKind.ILLEGAL) {
      lineEndTerminates = kind.endsOperand();
    }
    return token(kind, start);
  }

  private Token terminator(int start) {
    lineEndTerminates = false;
    source.advance();
    return new Token(TokenKind.TERMINATOR, "", start, start);
  }

  private Token token(TokenKind kind, int start) {
    int end = source.offset();
    return switch (kind) {
      case IDENT -> word(start, end);
      case NUMBER, FLOAT -> number(kind, start, end);
      case STRING, ILLEGAL -> new Token(kind, source.text(start, end), start, end);
      default -> new Token(kind, "", start, end);
    };
  }

  private Token word(int start, int end) {
    String text = source.text(start, end);
    return new Token(wordKind(text), text, start, end);
  }

  private Token number(TokenKind kind, int start, int end) {
    if (end - start > MAX_NUMBER_LENGTH) {
      problems.report(start, "number literal is longer than " + MAX_NUMBER_LENGTH + " characters");
      return new Token(kind, "0", start, end);
    }
    return new Token(kind, source.text(start, end), start, end);
  }

  private static TokenKind wordKind(String text) {
    return switch (text) {
      case "true", "false" -> TokenKind.BOOL;
      case "null" -> TokenKind.NULL;
      default -> TokenKind.IDENT;
    };
  }

  private void skipWhitespace() {
    while (true) {
      switch (source.current()) {
        case ' ', '\t', '\r' -> source.advance();
        case '\n' -> {
          if (lineEndTerminates) {
            return;
          }
          source.advance();
        }
        default -> {
          return;
        }
      }
    }
  }

  private TokenKind scan(int character) {
    if (Characters.isLetter(character)) {
      scanIdentifier();
      return TokenKind.IDENT;
    }
    if (Characters.isDecimal(character)
        || (character == '.' && Characters.isDecimal(source.peek()))) {
      return scanNumber();
    }
    return scanOther(character);
  }

  private void scanIdentifier() {
    while (isIdentifierPart(source.current())) {
      source.advance();
    }
  }

  private static boolean isIdentifierPart(int character) {
    return character != Source.END
        && (Characters.isLetter(character) || Characters.isDigit(character));
  }

  private TokenKind scanNumber() {
    int start = source.offset();
    TokenKind kind = TokenKind.NUMBER;
    skipDigits();
    if (source.current() == '.') {
      kind = TokenKind.FLOAT;
      source.advance();
      skipDigits();
    }
    if (source.current() == 'e' || source.current() == 'E') {
      kind = TokenKind.FLOAT;
      source.advance();
      if (source.current() == '+' || source.current() == '-') {
        source.advance();
      }
      if (skipDigits() == 0) {
        problems.report(start, "exponent has no digits");
      }
    }
    return kind;
  }

  private int skipDigits() {
    int count = 0;
    while (Characters.isDecimal(source.current())) {
      source.advance();
      count++;
    }
    return count;
  }

  private TokenKind scanOther(int character) {
    int start = source.offset();
    boolean valid = source.valid();
    if (character == Source.END) {
      return TokenKind.EOF;
    }
    source.advance();
    return switch (character) {
      case '"' -> scanString(start, '"');
      case '`' -> scanString(start, '`');
      case '\'' -> scanSingleQuoted(start);
      case '|' -> doubled('|', TokenKind.OR);
      case '&' -> doubled('&', TokenKind.AND);
      case '!' -> withEquals(TokenKind.NOT, TokenKind.NEQ);
      case '=' -> withEquals(TokenKind.ASSIGN, TokenKind.EQ);
      case '<' -> withEquals(TokenKind.LT, TokenKind.LTE);
      case '>' -> withEquals(TokenKind.GT, TokenKind.GTE);
      default -> scanPunctuation(start, character, valid);
    };
  }

  private TokenKind scanPunctuation(int start, int character, boolean valid) {
    return switch (character) {
      case '+' -> TokenKind.ADD;
      case '-' -> TokenKind.SUB;
      case '*' -> TokenKind.MUL;
      case '/' -> TokenKind.DIV;
      case '%' -> TokenKind.MOD;
      case '^' -> TokenKind.POW;
      case '{' -> TokenKind.LCURLY;
      case '}' -> TokenKind.RCURLY;
      case '(' -> TokenKind.LPAREN;
      case ')' -> TokenKind.RPAREN;
      case '[' -> TokenKind.LBRACK;
      case ']' -> TokenKind.RBRACK;
      case ',' -> TokenKind.COMMA;
      case '.' -> TokenKind.DOT;
      default -> illegal(start, character, valid);
    };
  }

  private TokenKind illegal(int start, int character, boolean valid) {
    if (valid) {
      problems.report(start, "illegal character " + Characters.describe(character));
    }
    return TokenKind.ILLEGAL;
  }

  private TokenKind doubled(int second, TokenKind kind) {
    if (source.current() == second) {
      source.advance();
    } else {
      String sign = Character.toString(second);
      problems.report(source.offset(), "missing second " + sign + " in " + sign + sign);
    }
    return kind;
  }

  private TokenKind withEquals(TokenKind alone, TokenKind both) {
    if (source.current() != '=') {
      return alone;
    }
    source.advance();
    return both;
  }

  private TokenKind scanSingleQuoted(int start) {
    problems.report(start, "illegal single-quoted string; use double quotes");
    scanString(start, '\'');
    lineEndTerminates = true;
    return TokenKind.ILLEGAL;
  }

  private TokenKind scanString(int start, int quote) {
    boolean raw = quote == '`';
    while (true) {
      int character = source.current();
      if (character == Source.END || (character == '\n' && !raw)) {
        problems.report(start, "string literal not terminated");
        return TokenKind.STRING;
      }
      source.advance();
      if (character == quote) {
        return TokenKind.STRING;
      }
      if (character == '\\' && !raw) {
        scanEscape();
      }
    }
  }

  private void scanEscape() {
    int start = source.offset();
    switch (source.current()) {
      case 'a', 'b', 'f', 'n', 'r', 't', 'v', '\\', '"' -> source.advance();
      case '0', '1', '2', '3', '4', '5', '6', '7' -> scanEscapedCode(start, 3, 8, 255);
      case 'x' -> scanPrefixedCode(start, 2, 255);
      case 'u' -> scanPrefixedCode(start, 4, Character.MAX_CODE_POINT);
      case 'U' -> scanPrefixedCode(start, 8, Character.MAX_CODE_POINT);
      case Source.END -> problems.report(start, "escape sequence not terminated");
      default -> problems.report(start, "unknown escape sequence");
    }
  }

  private void scanPrefixedCode(int start, int digits, int max) {
    source.advance();
    scanEscapedCode(start, digits, 16, max);
  }

  private void scanEscapedCode(int start, int digits, int base, int max) {
    long code = 0;
    for (int i = 0; i < digits; i++) {
      int character = source.current();
      if (character == Source.END) {
        problems.report(start, "escape sequence not terminated");
        return;
      }
      int digit = Characters.digitValue(character);
      if (digit >= base) {
        String shown = Characters.describe(character);
        problems.report(start, "illegal character " + shown + " in escape sequence");
        return;
      }
      code = code * base + digit;
      source.advance();
    }
    if (code > max || (code >= Character.MIN_SURROGATE && code <= Character.MAX_SURROGATE)) {
      problems.report(start, "escape sequence is invalid Unicode code point");
    }
  }

  /// Alloy knows no comment that starts with `#`; configurations in use have them all the same.
  private boolean startsComment(int character) {
    return character == '#' || (character == '/' && (source.peek() == '/' || source.peek() == '*'));
  }

  private Token comment(int start) {
    boolean line = source.current() == '#';
    source.advance();
    boolean block = !line && source.current() == '*';
    if (!line) {
      source.advance();
    }
    if (block) {
      scanBlockComment(start);
    } else {
      while (source.current() != '\n' && source.current() != Source.END) {
        source.advance();
      }
    }
    String text = source.text(start, source.offset());
    return new Token(TokenKind.COMMENT, withoutReturns(text), start, source.offset());
  }

  /// Lines may end in CR LF; the CR is no part of the comment. One stays: that which keeps a star
  /// and a slash apart, since without it the comment would end there.
  private static String withoutReturns(String text) {
    if (text.indexOf('\r') < 0) {
      return text;
    }
    StringBuilder kept = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      boolean splits = text.startsWith("\r/", i) && kept.charAt(kept.length() - 1) == '*';
      if (text.charAt(i) != '\r' || (splits && kept.length() > 2)) {
        kept.append(text.charAt(i));
      }
    }
    return kept.toString();
  }

  private void scanBlockComment(int start) {
    while (source.current() != Source.END) {
      int character = source.current();
      source.advance();
      if (character == '*' && source.current() == '/') {
        source.advance();
        return;
      }
    }
    problems.report(start, "block comment not terminated");
  }
}
