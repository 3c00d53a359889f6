package dev.weir.agent.sandbox;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The words of a query, taken one after the other; knows where it stands for its errors.
final class LogQueryTokens {
  private static final List<String> SYMBOLS =
      List.of("|=", "|~", "|>", "!=", "!~", "!>", "=~", "==", "{", "}", ",", "=", "|", "(", ")");

  private final String text;
  private int at;

  LogQueryTokens(String text) {
    this.text = text;
  }

  private void skipBlanks() {
    while (at < text.length()) {
      if (text.charAt(at) == '#') {
        int newline = text.indexOf('\n', at);
        at = newline < 0 ? text.length() : newline;
      } else if (Character.isWhitespace(text.charAt(at))) {
        at++;
      } else {
        return;
      }
    }
  }

  boolean atEnd() {
    skipBlanks();
    return at >= text.length();
  }

  boolean atName() {
    return !atEnd() && LabelsText.isName(text.charAt(at), 0);
  }

  boolean atPipe() {
    return !atEnd() && (text.startsWith("|", at) || text.startsWith("!>", at));
  }

  /// Takes the symbol if it is next.
  boolean take(String symbol) {
    skipBlanks();
    if (!symbol.equals(symbol())) {
      return false;
    }
    at += symbol.length();
    return true;
  }

  @Nullable String takeOneOf(List<String> symbols) {
    for (String symbol : symbols) {
      if (take(symbol)) {
        return symbol;
      }
    }
    return null;
  }

  /// Takes the name if one is next.
  @Nullable String takeName() {
    skipBlanks();
    String name = name();
    at += name.length();
    return name.isEmpty() ? null : name;
  }

  boolean takeWord(String word) {
    skipBlanks();
    if (!name().equals(word)) {
      return false;
    }
    at += word.length();
    return true;
  }

  /// Takes a string literal.
  ///
  /// @throws BadRequest if none is next
  String string() throws BadRequest {
    skipBlanks();
    if (at >= text.length() || (text.charAt(at) != '"' && text.charAt(at) != '`')) {
      throw unexpected("STRING");
    }
    Quoted quoted = Quoted.read(text, at);
    if (quoted == null) {
      throw new BadRequest("parse error at " + place(at) + ": literal not terminated");
    }
    at = quoted.end();
    return quoted.text();
  }

  /// @throws BadRequest if there is more
  void expectEnd() throws BadRequest {
    if (!atEnd()) {
      throw unexpected("$end");
    }
  }

  /// The error that something else was expected here.
  BadRequest unexpected(String expected) {
    skipBlanks();
    String message = "parse error at " + place(at) + ": syntax error: unexpected " + shown();
    return new BadRequest(expected.isEmpty() ? message : message + ", expecting " + expected);
  }

  /// The error that a real Loki would know what is here, and the sandbox does not.
  BadRequest unsupported(String known) {
    skipBlanks();
    int end = text.indexOf('\n', at);
    String rest = end < 0 ? text.substring(at) : text.substring(at, end);
    String excerpt = rest.length() > 30 ? rest.substring(0, 30) + "..." : rest;
    return new BadRequest(
        "parse error at %s: the sandbox does not know `%s`: %s"
            .formatted(place(at), excerpt, known));
  }

  private String shown() {
    if (at >= text.length()) {
      return "$end";
    }
    char c = text.charAt(at);
    if (LabelsText.isName(c, 0)) {
      return "IDENTIFIER";
    }
    if (c == '"' || c == '`') {
      return "STRING";
    }
    if (Character.isDigit(c)) {
      return "NUMBER";
    }
    String symbol = symbol();
    return symbol.isEmpty() ? Character.toString(text.codePointAt(at)) : symbol;
  }

  private String name() {
    int end = at;
    while (end < text.length() && LabelsText.isName(text.charAt(end), end - at)) {
      end++;
    }
    return text.substring(at, end);
  }

  private String symbol() {
    for (String symbol : SYMBOLS) {
      if (text.startsWith(symbol, at)) {
        return symbol;
      }
    }
    return "";
  }

  private String place(int index) {
    int line = 1;
    int start = 0;
    for (int i = 0; i < index; i++) {
      if (text.charAt(i) == '\n') {
        line++;
        start = i + 1;
      }
    }
    return "line %d, col %d".formatted(line, index - start + 1);
  }
}
