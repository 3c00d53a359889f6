package dev.weir.agent.regex;

import java.util.List;

/// Writes a parsed Go expression anew for an engine: flags resolved, no names, and nothing that
/// engines are known to read differently.
final class Syntax {
  /// What came out.
  ///
  /// @param faithful false when the expression holds something that Java's rules treat otherwise;
  ///   always true for [Dialect#GO]
  /// @param singleLine true when it asks for starts or ends of lines, and the text given is right
  ///   for input without newlines only
  record Translation(String text, boolean faithful, boolean singleLine) {}

  private final StringBuilder out = new StringBuilder();
  private boolean faithful = true;
  private boolean singleLine;

  /// Whose rules the text is for.
  enum Dialect {
    JAVA,
    GO
  }

  private final Dialect dialect;

  private Syntax(Dialect dialect) {
    this.dialect = dialect;
  }

  static Translation write(Node node, Dialect dialect) {
    var syntax = new Syntax(dialect);
    syntax.write(node);
    return new Translation(syntax.out.toString(), syntax.faithful, syntax.singleLine);
  }

  static void appendHex(StringBuilder out, int codePoint) {
    out.append("\\x{").append(Integer.toHexString(codePoint)).append('}');
  }

  private void write(Node node) {
    switch (node) {
      case Node.Empty() -> out.append("(?:)");
      case Node.Literal(int codePoint, boolean fold) -> writeLiteral(codePoint, fold);
      case Node.Set(CharSet chars) -> writeSet(chars);
      case Node.At(Node.Place place) -> writePlace(place);
      case Node.Group(Node body) -> writeEnclosed("(", body);
      case Node.Sequence(List<Node> parts) -> writeSequence(parts);
      case Node.Choice choice -> writeChoice(choice);
      case Node.Repeat repeat -> writeRepeat(repeat);
    }
  }

  private void writeEnclosed(String opening, Node body) {
    out.append(opening);
    write(body);
    out.append(')');
  }

  private void writeSet(CharSet chars) {
    if (chars.foldsProperties()) {
      faithful = false;
      out.append("(?i:");
      chars.append(out, dialect);
      out.append(')');
    } else {
      chars.append(out, dialect);
    }
  }

  private void writeLiteral(int codePoint, boolean fold) {
    Folding.Rule rule = fold ? rule(codePoint) : Folding.Rule.NONE;
    out.append(opening(rule));
    writePlain(codePoint);
    out.append(rule == Folding.Rule.NONE ? "" : ")");
  }

  private Folding.Rule rule(int codePoint) {
    Folding.Rule rule = Folding.ruleOf(codePoint);
    return dialect == Dialect.GO && rule != Folding.Rule.NONE ? Folding.Rule.EITHER : rule;
  }

  private static String opening(Folding.Rule rule) {
    return switch (rule) {
      case NONE -> "";
      case UNICODE -> "(?iu:";
      case ASCII, EITHER -> "(?i:";
    };
  }

  private void writePlain(int codePoint) {
    if (codePoint < 0x80 && Character.isLetterOrDigit(codePoint)) {
      out.append((char) codePoint);
    } else {
      appendHex(out, codePoint);
    }
  }

  /// Literals next to each other that ignore case are written as one, which the engine can search
  /// for as a whole.
  private void writeSequence(List<Node> parts) {
    int at = 0;
    while (at < parts.size()) {
      Node part = parts.get(at);
      if (part instanceof Node.Literal(int codePoint, boolean fold) && fold) {
        at = writeFolded(parts, at);
      } else if (part instanceof Node.Choice) {
        writeEnclosed("(?:", part);
        at++;
      } else {
        write(part);
        at++;
      }
    }
  }

  /// Writes the literals from an index on that one rule is right for, and returns where they end.
  private int writeFolded(List<Node> parts, int from) {
    var rule = Folding.Rule.EITHER;
    int end = from;
    while (end < parts.size()
        && parts.get(end) instanceof Node.Literal(int codePoint, boolean fold)
        && fold) {
      Folding.Rule both = rule.and(rule(codePoint));
      if (both == null) {
        break;
      }
      rule = both;
      end++;
    }
    if (end == from) {
      rule = Folding.Rule.NONE;
      end++;
    }
    out.append(opening(rule));
    for (Node part : parts.subList(from, end)) {
      writePlain(((Node.Literal) part).codePoint());
    }
    out.append(rule == Folding.Rule.NONE ? "" : ")");
    return end;
  }

  private void writePlace(Node.Place place) {
    singleLine |= place == Node.Place.LINE_START || place == Node.Place.LINE_END;
    out.append(
        switch (place) {
          case TEXT_START -> "\\A";
          case TEXT_END -> "\\z";
          case LINE_START -> dialect == Dialect.JAVA ? "\\A" : "(?m:^)";
          case LINE_END -> dialect == Dialect.JAVA ? "\\z" : "(?m:$)";
          case WORD_BOUNDARY -> "\\b";
          case NO_WORD_BOUNDARY -> "\\B";
        });
  }

  private void writeChoice(Node.Choice choice) {
    String separator = "";
    for (Node option : choice.options()) {
      out.append(separator);
      write(option);
      separator = "|";
    }
  }

  private void writeRepeat(Node.Repeat repeat) {
    // Engines disagree on what an iteration that takes nothing captures and whether it counts.
    faithful &= !repeat.body().nullable();
    writeEnclosed("(?:", repeat.body());
    int min = repeat.min();
    int max = repeat.max();
    if (min == 0 && max == 1) {
      out.append('?');
    } else if (max < 0 && min <= 1) {
      out.append(min == 0 ? '*' : '+');
    } else {
      out.append('{').append(min).append(max < 0 ? "," : max == min ? "" : "," + max).append('}');
    }
    out.append(repeat.greedy() ? "" : "?");
  }
}
