package dev.weir.agent.river;

/// The kinds of token, and how messages call them.
enum TokenKind {
  ILLEGAL("ILLEGAL"),
  EOF("EOF"),
  COMMENT("COMMENT"),
  IDENT("IDENT"),
  NUMBER("NUMBER"),
  FLOAT("FLOAT"),
  STRING("STRING"),
  BOOL("BOOL"),
  NULL("NULL"),
  OR("||"),
  AND("&&"),
  NOT("!"),
  ASSIGN("="),
  EQ("=="),
  NEQ("!="),
  LT("<"),
  LTE("<="),
  GT(">"),
  GTE(">="),
  ADD("+"),
  SUB("-"),
  MUL("*"),
  DIV("/"),
  MOD("%"),
  POW("^"),
  LCURLY("{"),
  RCURLY("}"),
  LPAREN("("),
  RPAREN(")"),
  LBRACK("["),
  RBRACK("]"),
  COMMA(","),
  DOT("."),
  TERMINATOR("TERMINATOR");

  private final String display;

  TokenKind(String display) {
    this.display = display;
  }

  /// How tightly a left-associative binary operator binds; 0 for everything else. `^` is
  /// right-associative and handled apart.
  int precedence() {
    return switch (this) {
      case OR -> 1;
      case AND -> 2;
      case EQ, NEQ, LT, LTE, GT, GTE -> 3;
      case ADD, SUB -> 4;
      case MUL, DIV, MOD -> 5;
      default -> 0;
    };
  }

  /// Whether a line that ends after this token ends the statement.
  boolean endsOperand() {
    return switch (this) {
      case IDENT, NUMBER, FLOAT, STRING, BOOL, NULL, RCURLY, RPAREN, RBRACK -> true;
      default -> false;
    };
  }

  @Override
  public String toString() {
    return display;
  }
}
