package dev.weir.agent.sandbox;

import dev.weir.agent.loki.Labels;
import java.util.Map;
import java.util.TreeMap;

/// Reads a stream's labels as a push spells them, `{a="x", b="y"}`. Errors are worded as Loki words
/// them.
final class LabelsText {
  private final String text;
  private final Map<String, String> labels = new TreeMap<>();
  private int at;

  private LabelsText(String text) {
    this.text = text;
  }

  /// The labels; those with an empty value are left out.
  ///
  /// @throws BadRequest if the text is no label set
  static Labels parse(String text) throws BadRequest {
    return new LabelsText(text).parse();
  }

  private Labels parse() throws BadRequest {
    skipBlanks();
    if (at >= text.length()) {
      throw error(0, "unexpected end of input");
    }
    if (text.charAt(at) != '{') {
      throw error(at, "unexpected character: " + shown(at));
    }
    at++;
    skipBlanks();
    while (peek() != '}') {
      pair();
      skipBlanks();
      if (peek() == ',') {
        at++;
        skipBlanks();
      } else if (peek() != '}') {
        throw unexpected();
      }
    }
    at++;
    skipBlanks();
    if (at < text.length()) {
      throw error(at, "unexpected character: " + shown(at));
    }
    return Labels.of(labels);
  }

  private void pair() throws BadRequest {
    int start = at;
    while (at < text.length() && isName(text.charAt(at), at - start)) {
      at++;
    }
    String name = text.substring(start, at);
    skipBlanks();
    if (name.isEmpty() || peek() != '=') {
      throw unexpected();
    }
    at++;
    skipBlanks();
    char quote = peek();
    if (quote != '"' && quote != '\'' && quote != '`') {
      throw unexpected();
    }
    Quoted value = Quoted.read(text, at);
    if (value == null) {
      throw error(at, "unterminated quoted string");
    }
    at = value.end();
    if (labels.putIfAbsent(name, value.text()) != null) {
      throw new BadRequest("stream '" + text + "' has duplicate label name: '" + name + "'");
    }
  }

  /// Whether a name may have this character at this place.
  static boolean isName(char c, int index) {
    return c == '_'
        || (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (index > 0 && c >= '0' && c <= '9');
  }

  private void skipBlanks() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private char peek() throws BadRequest {
    if (at >= text.length()) {
      throw error(at, "unexpected end of input inside braces");
    }
    return text.charAt(at);
  }

  private BadRequest unexpected() {
    return error(at, "unexpected character inside braces: " + shown(at));
  }

  private String shown(int index) {
    return "'" + Character.toString(text.codePointAt(index)) + "'";
  }

  private static BadRequest error(int index, String message) {
    return new BadRequest("couldn't parse labels: 1:" + (index + 1) + ": parse error: " + message);
  }
}
