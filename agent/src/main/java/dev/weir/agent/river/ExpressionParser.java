package dev.weir.agent.river;

import dev.weir.agent.river.Expression.Access;
import dev.weir.agent.river.Expression.ArrayExpression;
import dev.weir.agent.river.Expression.Binary;
import dev.weir.agent.river.Expression.Call;
import dev.weir.agent.river.Expression.Identifier;
import dev.weir.agent.river.Expression.Index;
import dev.weir.agent.river.Expression.Literal;
import dev.weir.agent.river.Expression.LiteralKind;
import dev.weir.agent.river.Expression.ObjectExpression;
import dev.weir.agent.river.Expression.Parenthesized;
import dev.weir.agent.river.Expression.Unary;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Parses values.
///
/// Two things are bounded: how deep this parser recurses, and how high the trees grow that it makes
/// without recursion, such as long sums, since others walk them recursively.
final class ExpressionParser {
  private static final Set<TokenKind> VALUE_END =
      Set.of(
          TokenKind.TERMINATOR,
          TokenKind.RPAREN,
          TokenKind.RCURLY,
          TokenKind.RBRACK,
          TokenKind.COMMA);
  private static final Set<TokenKind> ASSIGN = Set.of(TokenKind.ASSIGN);

  private final Tokens tokens;
  private final StatementParser statements;

  /// The height of the tree that was parsed last.
  private int height;

  ExpressionParser(Tokens tokens, StatementParser statements) {
    this.tokens = tokens;
    this.statements = statements;
  }

  Expression parse() {
    tokens.enter();
    Expression expression = parseBinary(1);
    tokens.leave();
    return expression;
  }

  private Expression parseBinary(int precedence) {
    Expression left = parsePower();
    while (tokens.kind().precedence() >= precedence) {
      int leftHeight = height;
      Token operator = tokens.take();
      Expression right = parseBinary(operator.kind().precedence() + 1);
      left = binary(left, leftHeight, operator, right);
    }
    return left;
  }

  private Expression parsePower() {
    Expression left = parseUnary();
    if (!tokens.at(TokenKind.POW)) {
      return left;
    }
    int leftHeight = height;
    Token operator = tokens.take();
    tokens.enter();
    Expression right = parsePower();
    tokens.leave();
    return binary(left, leftHeight, operator, right);
  }

  private Binary binary(Expression left, int leftHeight, Token operator, Expression right) {
    grow(leftHeight);
    Span span = left.span().to(right.span());
    return new Binary(operator.kind().toString(), left, right, tokens.span(operator), span);
  }

  private Expression parseUnary() {
    if (!tokens.at(TokenKind.NOT) && !tokens.at(TokenKind.SUB)) {
      return parsePostfix();
    }
    Token operator = tokens.take();
    tokens.enter();
    Expression operand = parseUnary();
    tokens.leave();
    grow(0);
    Span span = tokens.span(operator).to(operand.span());
    return new Unary(operator.kind().toString(), operand, span);
  }

  private Expression parsePostfix() {
    Token first = tokens.current();
    Expression value = parsePrimary();
    while (true) {
      switch (tokens.kind()) {
        case DOT -> value = parseAccess(value, first);
        case LBRACK -> value = parseIndex(value, first);
        case LPAREN -> value = parseCall(value, first);
        case STRING, LCURLY -> {
          if (!skipBlock(first)) {
            return value;
          }
        }
        default -> {
          return value;
        }
      }
    }
  }

  private Access parseAccess(Expression value, Token first) {
    tokens.take();
    Token name = tokens.expect(TokenKind.IDENT);
    grow(0);
    return new Access(value, name.text(), tokens.span(name), tokens.spanFrom(first));
  }

  private Index parseIndex(Expression value, Token first) {
    int valueHeight = height;
    tokens.take();
    Expression index = parse();
    tokens.expect(TokenKind.RBRACK);
    grow(valueHeight);
    return new Index(value, index, tokens.spanFrom(first));
  }

  private Call parseCall(Expression function, Token first) {
    int functionHeight = height;
    tokens.take();
    List<Expression> arguments = parseList(TokenKind.RPAREN);
    tokens.expect(TokenKind.RPAREN);
    grow(functionHeight);
    return new Call(function, arguments, tokens.spanFrom(first));
  }

  /// A value followed by a label or a body is a block that was given to an attribute: it is read to
  /// its end, so that one clear message can be given for it. Returns whether it was a block.
  private boolean skipBlock(Token first) {
    if (tokens.at(TokenKind.STRING)) {
      tokens.take();
    }
    tokens.enter();
    boolean opened = tokens.at(TokenKind.LCURLY);
    tokens.expect(TokenKind.LCURLY);
    boolean closed = false;
    if (opened) {
      statements.parseStatements(TokenKind.RCURLY);
      closed = tokens.at(TokenKind.RCURLY);
      tokens.expect(TokenKind.RCURLY);
    }
    tokens.leave();
    if (closed) {
      tokens.error(tokens.spanFrom(first), "cannot use a block as an expression");
    } else {
      tokens.skipStatement();
    }
    return closed;
  }

  private Expression parsePrimary() {
    height = 1;
    return switch (tokens.kind()) {
      case IDENT -> {
        Token name = tokens.take();
        yield new Identifier(name.text(), tokens.span(name));
      }
      case STRING -> literal(LiteralKind.STRING);
      case NUMBER -> literal(LiteralKind.NUMBER);
      case FLOAT -> literal(LiteralKind.FLOAT);
      case BOOL -> literal(LiteralKind.BOOL);
      case NULL -> literal(LiteralKind.NULL);
      case LPAREN -> parseParenthesized();
      case LBRACK -> parseArray();
      case LCURLY -> parseObject();
      default -> parseMissing();
    };
  }

  private Literal literal(LiteralKind kind) {
    Token token = tokens.take();
    return new Literal(kind, token.text(), tokens.span(token));
  }

  private Literal parseMissing() {
    tokens.error("expected expression, got " + tokens.kind());
    Span span = tokens.span(tokens.current());
    tokens.skipTo(VALUE_END);
    return new Literal(LiteralKind.NULL, "null", span);
  }

  private Parenthesized parseParenthesized() {
    Token open = tokens.take();
    Expression inner = parse();
    tokens.expect(TokenKind.RPAREN);
    grow(0);
    return new Parenthesized(inner, tokens.spanFrom(open));
  }

  private ArrayExpression parseArray() {
    Token open = tokens.take();
    List<Expression> elements = parseList(TokenKind.RBRACK);
    tokens.expect(TokenKind.RBRACK);
    grow(0);
    return new ArrayExpression(elements, tokens.spanFrom(open));
  }

  private List<Expression> parseList(TokenKind until) {
    List<Expression> elements = new ArrayList<>();
    int highest = 0;
    while (!tokens.at(until) && !tokens.atEnd()) {
      elements.add(parse());
      highest = Math.max(highest, height);
      if (tokens.at(until)) {
        break;
      }
      takeComma("missing ',' in expression list");
    }
    height = highest;
    return elements;
  }

  private ObjectExpression parseObject() {
    Token open = tokens.take();
    // A bracket of the other kind is a slip of the closing one, not a bad field.
    List<ObjectField> fields = tokens.at(TokenKind.RBRACK) ? List.of() : parseFields();
    tokens.expect(TokenKind.RCURLY);
    grow(0);
    return new ObjectExpression(fields, tokens.spanFrom(open));
  }

  private List<ObjectField> parseFields() {
    List<ObjectField> fields = new ArrayList<>();
    int highest = 0;
    while (!tokens.at(TokenKind.RCURLY) && !tokens.atEnd()) {
      fields.add(parseField());
      highest = Math.max(highest, height);
      if (tokens.at(TokenKind.RCURLY)) {
        break;
      }
      takeFieldSeparator();
    }
    height = highest;
    return fields;
  }

  /// A comma, or the end of a line. Alloy insists on the comma; configurations in use leave it out,
  /// as between attributes, and mean the same.
  private void takeFieldSeparator() {
    if (tokens.at(TokenKind.TERMINATOR)) {
      tokens.take();
    } else {
      takeComma("missing ',' in field list");
    }
  }

  private void takeComma(String complaint) {
    if (!tokens.at(TokenKind.COMMA)) {
      tokens.error(complaint);
    }
    tokens.take();
  }

  private ObjectField parseField() {
    Token name = tokens.current();
    if (tokens.at(TokenKind.STRING) || tokens.at(TokenKind.IDENT)) {
      tokens.take();
    } else {
      tokens.error("expected field name (string or identifier), got " + tokens.kind());
      tokens.skipTo(ASSIGN);
    }
    tokens.expect(TokenKind.ASSIGN);
    Expression value = parse();
    boolean quoted = name.kind() == TokenKind.STRING;
    String text = quoted ? unquoted(name.text()) : name.text();
    return new ObjectField(text, quoted, tokens.span(name), value, tokens.spanFrom(name));
  }

  /// Keys are taken as written: escapes in them stay as they are.
  private static String unquoted(String text) {
    return text.length() > 2 ? text.substring(1, text.length() - 1) : "";
  }

  /// Notes that a node was put on top of the last tree and, beside it, one of another height.
  private void grow(int otherHeight) {
    height = Math.max(height, otherHeight) + 1;
    tokens.limitDepth(height);
  }
}
