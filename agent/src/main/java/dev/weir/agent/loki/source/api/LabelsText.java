package dev.weir.agent.loki.source.api;

import dev.weir.agent.loki.Labels;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/// Reads the labels of a stream as pushes spell them, `{a="x", b="y"}`.
final class LabelsText {
  private static final String PLAIN = "abfnrtv\\'\"";
  private static final String PLAIN_MEANING = "\u0007\b\f\n\r\t\u000b\\'\"";

  private final String text;
  private final Map<String, String> labels = new TreeMap<>();
  private int at;

  private LabelsText(String text) {
    this.text = text;
  }

  /// The labels; those with an empty value are left out.
  ///
  /// @throws MalformedPush when the text is no label set
  static Labels parse(String text) throws MalformedPush {
    return new LabelsText(text).parse();
  }

  private Labels parse() throws MalformedPush {
    blanks();
    expect('{');
    blanks();
    while (peek() != '}') {
      pair();
      blanks();
      if (peek() == ',') {
        at++;
        blanks();
      } else if (peek() != '}') {
        throw unexpected();
      }
    }
    at++;
    blanks();
    if (at < text.length()) {
      throw unexpected();
    }
    return Labels.of(labels);
  }

  private void pair() throws MalformedPush {
    int start = at;
    while (at < text.length() && isName(text.charAt(at), at > start)) {
      at++;
    }
    String name = text.substring(start, at);
    blanks();
    if (name.isEmpty()) {
      throw unexpected();
    }
    expect('=');
    blanks();
    if (labels.put(name, quoted()) != null) {
      throw error("duplicate label name: '" + name + "'");
    }
  }

  private static boolean isName(char c, boolean inside) {
    return c == '_'
        || (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (inside && c >= '0' && c <= '9');
  }

  /// A string literal of Go: in double or single quotes with escapes, in backticks without.
  private String quoted() throws MalformedPush {
    char quote = peek();
    if (quote == '`') {
      int close = text.indexOf('`', at + 1);
      if (close < 0) {
        throw error("unterminated quoted string");
      }
      String raw = text.substring(at + 1, close);
      at = close + 1;
      return raw;
    }
    if (quote != '"' && quote != '\'') {
      throw unexpected();
    }
    at++;
    var out = new ByteArrayOutputStream();
    for (int c = next(); c != quote; c = next()) {
      if (c == '\\') {
        escape(out);
      } else {
        append(out, c);
      }
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  private int next() throws MalformedPush {
    if (at >= text.length() || text.charAt(at) == '\n') {
      throw error("unterminated quoted string");
    }
    int c = text.codePointAt(at);
    at += Character.charCount(c);
    return c;
  }

  private static void append(ByteArrayOutputStream out, int codePoint) {
    if (codePoint < 0x80) {
      out.write(codePoint);
    } else {
      out.writeBytes(Character.toString(codePoint).getBytes(StandardCharsets.UTF_8));
    }
  }

  private void escape(ByteArrayOutputStream out) throws MalformedPush {
    int c = next();
    int plain = PLAIN.indexOf(c);
    if (plain >= 0) {
      out.write(PLAIN_MEANING.charAt(plain));
      return;
    }
    switch (c) {
      case 'x' -> out.write((int) number(2, 16, 0xff));
      case 'u' -> append(out, (int) number(4, 16, 0xffff));
      case 'U' -> append(out, (int) number(8, 16, Character.MAX_CODE_POINT));
      default -> {
        at--;
        out.write((int) number(3, 8, 0xff));
      }
    }
  }

  private long number(int digits, int radix, int most) throws MalformedPush {
    long value = 0;
    for (int i = 0; i < digits; i++) {
      int digit = at < text.length() ? Character.digit(text.charAt(at++), radix) : -1;
      if (digit < 0) {
        throw error("unknown escape sequence");
      }
      value = value * radix + digit;
    }
    if (value > most) {
      throw error("unknown escape sequence");
    }
    return value;
  }

  private void blanks() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private char peek() throws MalformedPush {
    if (at >= text.length()) {
      throw error("unexpected end of input");
    }
    return text.charAt(at);
  }

  private void expect(char expected) throws MalformedPush {
    if (peek() != expected) {
      throw unexpected();
    }
    at++;
  }

  private MalformedPush unexpected() {
    return at >= text.length()
        ? error("unexpected end of input")
        : error("unexpected character: '" + Character.toString(text.codePointAt(at)) + "'");
  }

  private MalformedPush error(String message) {
    return new MalformedPush("couldn't parse labels: 1:" + (at + 1) + ": parse error: " + message);
  }
}
