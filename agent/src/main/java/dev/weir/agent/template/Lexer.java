package dev.weir.agent.template;

import dev.weir.agent.template.Token.Kind;
import java.util.ArrayList;
import java.util.List;

/// Takes a template apart. One use only.
final class Lexer {
  private static final String OPENING = "{{";
  private static final String CLOSING = "}}";

  private final String text;
  private final List<Token> tokens = new ArrayList<>();
  private int at;
  private int open;

  private Lexer(String text) {
    this.text = text;
  }

  static List<Token> tokens(String text) {
    var lexer = new Lexer(text);
    lexer.run();
    return lexer.tokens;
  }

  private void run() {
    boolean trim = false;
    while (true) {
      int start = text.indexOf(OPENING, at);
      int end = start < 0 ? text.length() : start;
      boolean trimEnd = start >= 0 && isTrimmedStart(start);
      text(at, end, trim, trimEnd);
      if (start < 0) {
        break;
      }
      at = start + (trimEnd ? 3 : 2);
      trim = startsComment() ? comment() : action();
    }
    add(Kind.END, "");
  }

  private boolean isTrimmedStart(int start) {
    return text.startsWith("-", start + 2)
        && start + 3 < text.length()
        && isSpace(text.charAt(start + 3));
  }

  private boolean isTrimmedEnd() {
    return isSpace(text.charAt(at)) && text.startsWith("-" + CLOSING, at + 1);
  }

  private void text(int from, int to, boolean trimStart, boolean trimEnd) {
    int start = from;
    int end = to;
    while (trimStart && start < end && isSpace(text.charAt(start))) {
      start++;
    }
    while (trimEnd && end > start && isSpace(text.charAt(end - 1))) {
      end--;
    }
    if (end > start) {
      add(Kind.TEXT, text.substring(start, end));
    }
  }

  private boolean startsComment() {
    int start = at;
    while (start < text.length() && isSpace(text.charAt(start))) {
      start++;
    }
    return text.startsWith("/*", start);
  }

  /// Goes past a comment; whether the text behind it is trimmed.
  private boolean comment() {
    int end = text.indexOf("*/", at);
    if (end < 0) {
      throw error("unclosed comment");
    }
    at = end + 2;
    boolean trim = at < text.length() && isTrimmedEnd();
    at += trim ? 2 : 0;
    if (!text.startsWith(CLOSING, at)) {
      throw error("comment ends before closing delimiter");
    }
    at += 2;
    return trim;
  }

  /// Reads to the closing braces; whether the text behind them is trimmed.
  private boolean action() {
    add(Kind.LEFT, OPENING);
    open = 0;
    while (true) {
      if (at >= text.length()) {
        throw error("unclosed action");
      }
      if (isTrimmedEnd()) {
        at += 4;
        closed();
        return true;
      }
      if (text.startsWith(CLOSING, at)) {
        at += 2;
        closed();
        return false;
      }
      inside();
    }
  }

  private void closed() {
    if (open > 0) {
      throw error("unclosed left paren");
    }
    add(Kind.RIGHT, CLOSING);
  }

  private void inside() {
    char c = text.charAt(at);
    if (isSpace(c)) {
      while (at < text.length() && isSpace(text.charAt(at)) && !isTrimmedEnd()) {
        at++;
      }
      add(Kind.SPACE, " ");
      return;
    }
    switch (c) {
      case '|' -> one(Kind.PIPE);
      case ',' -> one(Kind.COMMA);
      case '=' -> one(Kind.ASSIGN);
      case ':' -> {
        if (!text.startsWith(":=", at)) {
          throw error("expected :=");
        }
        at += 2;
        add(Kind.DECLARE, ":=");
      }
      case '(' -> {
        open++;
        one(Kind.OPEN);
      }
      case ')' -> {
        if (--open < 0) {
          throw error("unexpected right paren");
        }
        one(Kind.CLOSE);
      }
      case '"' -> quoted('"', Kind.STRING);
      case '\'' -> quoted('\'', Kind.CHARACTER);
      case '`' -> raw();
      case '$' -> name(Kind.VARIABLE);
      case '.' -> dot();
      default -> wordOrNumber(c);
    }
  }

  private void one(Kind kind) {
    add(kind, text.substring(at, at + 1));
    at++;
  }

  private void quoted(char quote, Kind kind) {
    int end = at + 1;
    while (end < text.length() && text.charAt(end) != quote) {
      if (text.charAt(end) == '\n') {
        break;
      }
      end += text.charAt(end) == '\\' ? 2 : 1;
    }
    if (end >= text.length() || text.charAt(end) != quote) {
      throw error("unterminated quoted string");
    }
    add(kind, Unquote.quoted(text.substring(at + 1, end), line()));
    at = end + 1;
  }

  private void raw() {
    int end = text.indexOf('`', at + 1);
    if (end < 0) {
      throw error("unterminated raw quoted string");
    }
    add(Kind.STRING, text.substring(at + 1, end));
    at = end + 1;
  }

  private void dot() {
    if (at + 1 < text.length() && isDigit(text.charAt(at + 1))) {
      number();
    } else if (at + 1 < text.length() && isWordPart(text.charAt(at + 1))) {
      at++;
      int start = at;
      word();
      add(Kind.FIELD, text.substring(start, at));
    } else {
      one(Kind.DOT);
    }
  }

  private void name(Kind kind) {
    int start = at++;
    word();
    add(kind, text.substring(start, at));
  }

  private void wordOrNumber(char c) {
    if (isDigit(c) || ((c == '-' || c == '+') && at + 1 < text.length())) {
      number();
    } else if (isWordPart(c)) {
      int start = at;
      word();
      add(Kind.WORD, text.substring(start, at));
    } else {
      throw error("unrecognized character in action: " + c);
    }
  }

  private void number() {
    int start = at++;
    while (at < text.length() && isNumberPart(start)) {
      at++;
    }
    add(Kind.NUMBER, text.substring(start, at));
  }

  private boolean isNumberPart(int start) {
    char c = text.charAt(at);
    boolean hex = text.startsWith("0x", start) || text.startsWith("0X", start);
    return Character.isLetterOrDigit(c)
        || c == '.'
        || c == '_'
        || ((c == '+' || c == '-') && !hex && "eE".indexOf(text.charAt(at - 1)) >= 0);
  }

  private void word() {
    while (at < text.length() && isWordPart(text.charAt(at))) {
      at++;
    }
  }

  private static boolean isWordPart(char c) {
    return c == '_' || Character.isLetterOrDigit(c);
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isSpace(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
  }

  private void add(Kind kind, String content) {
    tokens.add(new Token(kind, content, line()));
  }

  private int line() {
    return 1
        + (int)
            text.substring(0, Math.min(at, text.length())).chars().filter(c -> c == '\n').count();
  }

  private TemplateSyntaxException error(String message) {
    return new TemplateSyntaxException(line(), message);
  }
}
