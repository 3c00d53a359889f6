package dev.weir.agent.regex;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads Go's syntax (`regexp/syntax`, flags as `regexp.Compile` sets them) into a tree.
///
/// One use only.
final class Parser {
  private static final int MOST_NESTED = 1000;
  private static final int MOST_REPEATED = 1000;

  private final Cursor in;
  private final List<String> groupNames = new ArrayList<>(List.of(""));
  private Flags flags = new Flags(false, false, false, false);
  private int depth;

  /// The flags that a group can set.
  private record Flags(boolean fold, boolean lines, boolean dotAll, boolean ungreedy) {
    Flags with(char flag, boolean on) {
      return switch (flag) {
        case 'i' -> new Flags(on, lines, dotAll, ungreedy);
        case 'm' -> new Flags(fold, on, dotAll, ungreedy);
        case 's' -> new Flags(fold, lines, on, ungreedy);
        default -> new Flags(fold, lines, dotAll, on);
      };
    }
  }

  /// An expression that was read.
  ///
  /// @param groupNames by number, `""` for a group without name and for the whole match
  record Parsed(Node node, List<String> groupNames) {}

  private Parser(String text) {
    in = new Cursor(text);
  }

  /// Reads an expression.
  ///
  /// @throws GoRegexException with Go's message
  static Parsed parse(String text) {
    var parser = new Parser(text);
    Node node = parser.choice();
    if (!parser.in.atEnd()) {
      throw new GoRegexException("unexpected )", text);
    }
    return new Parsed(node, List.copyOf(parser.groupNames));
  }

  private Node choice() {
    List<Node> options = new ArrayList<>();
    options.add(sequence());
    while (in.accept('|')) {
      options.add(sequence());
    }
    return options.size() == 1 ? options.getFirst() : new Node.Choice(options);
  }

  private Node sequence() {
    List<Node> parts = new ArrayList<>();
    int lastRepeat = -1;
    while (!in.atEnd() && in.peek() != '|' && in.peek() != ')') {
      int start = in.at();
      if (repeatsHere()) {
        repeat(parts, start, lastRepeat);
        lastRepeat = start;
      } else {
        lastRepeat = -1;
        Node part = part();
        if (part instanceof Node.Sequence(List<Node> several)) {
          parts.addAll(several);
        } else if (part != null) {
          parts.add(part);
        }
      }
    }
    return switch (parts.size()) {
      case 0 -> new Node.Empty();
      case 1 -> parts.getFirst();
      default -> new Node.Sequence(parts);
    };
  }

  private boolean repeatsHere() {
    return switch (in.peek()) {
      case '*', '+', '?' -> true;
      case '{' -> count() != null;
      default -> false;
    };
  }

  /// Low and high of `{2,3}` at the cursor, and where it ends; null when that is plain text.
  private int @Nullable [] count() {
    var look = new Cursor(in.text(), in.at() + 1);
    int min = look.number();
    if (min == Cursor.NO_NUMBER) {
      return null;
    }
    int max = min;
    if (look.accept(',')) {
      if (!look.atEnd() && look.peek() == '}') {
        max = -1;
      } else {
        max = look.number();
        if (max == Cursor.NO_NUMBER) {
          return null;
        }
      }
    }
    return look.accept('}') ? new int[] {min, max, look.at()} : null;
  }

  private void repeat(List<Node> parts, int start, int lastRepeat) {
    int min = 0;
    int max = -1;
    switch (in.next()) {
      case '+' -> min = 1;
      case '?' -> max = 1;
      case '*' -> {}
      default -> {
        in.to(start);
        int[] count = count();
        if (count == null) {
          throw new IllegalStateException("no repeat count");
        }
        min = count[0];
        max = count[1];
        in.to(count[2]);
        requireCount(
            min <= MOST_REPEATED && max <= MOST_REPEATED && (max < 0 || min <= max), start);
      }
    }
    int operatorEnd = in.at();
    boolean greedy = in.accept('?') == flags.ungreedy;
    if (lastRepeat >= 0) {
      throw new GoRegexException("invalid nested repetition operator", in.from(lastRepeat));
    }
    if (parts.isEmpty()) {
      throw new GoRegexException(
          "missing argument to repetition operator", in.text().substring(start, operatorEnd));
    }
    var node = new Node.Repeat(parts.removeLast(), min, max, greedy);
    requireCount((max <= 1 && min <= 1) || repeatsAtMost(node, MOST_REPEATED), start);
    parts.add(node);
  }

  private void requireCount(boolean possible, int start) {
    if (!possible) {
      throw new GoRegexException("invalid repeat count", in.from(start));
    }
  }

  private static boolean repeatsAtMost(Node node, int limit) {
    return switch (node) {
      case Node.Repeat(Node body, int min, int max, boolean greedy) -> {
        int times = max < 0 ? min : max;
        if (max == 0) {
          yield true;
        }
        boolean counted = min > 1 || max > 1;
        if (counted && times > limit) {
          yield false;
        }
        yield repeatsAtMost(body, counted ? limit / times : limit);
      }
      case Node.Group(Node body) -> repeatsAtMost(body, limit);
      case Node.Sequence(List<Node> parts) ->
          parts.stream().allMatch(part -> repeatsAtMost(part, limit));
      case Node.Choice(List<Node> options) ->
          options.stream().allMatch(option -> repeatsAtMost(option, limit));
      default -> true;
    };
  }

  /// One item, or null for a change of flags, which is no item.
  private @Nullable Node part() {
    int start = in.at();
    int c = in.next();
    return switch (c) {
      case '(' -> open(start);
      case '[' -> new Node.Set(new ClassParser(in, flags.fold).parse(start));
      case '\\' -> escape(start);
      case '.' ->
          new Node.Set(
              flags.dotAll
                  ? CharSet.of(0, CharSet.LAST)
                  : CharSet.of(0, '\n' - 1, '\n' + 1, CharSet.LAST));
      case '^' -> new Node.At(flags.lines ? Node.Place.LINE_START : Node.Place.TEXT_START);
      case '$' -> new Node.At(flags.lines ? Node.Place.LINE_END : Node.Place.TEXT_END);
      default -> literal(c);
    };
  }

  private Node.Literal literal(int c) {
    return new Node.Literal(c, flags.fold);
  }

  private @Nullable Node open(int start) {
    Flags outer = flags;
    if (in.accept('?')) {
      if (in.startsWith("P<") || in.startsWith("<")) {
        groupNames.add(groupName(start));
        return new Node.Group(group(outer));
      }
      return flagsGroup(start, outer);
    }
    groupNames.add("");
    return new Node.Group(group(outer));
  }

  private Node group(Flags outer) {
    if (++depth > MOST_NESTED) {
      throw new GoRegexException("expression nests too deeply", in.text());
    }
    Node body = choice();
    if (!in.accept(')')) {
      throw new GoRegexException("missing closing )", in.text());
    }
    depth--;
    flags = outer;
    return body;
  }

  private String groupName(int start) {
    int open = in.text().indexOf('<', start);
    int close = in.text().indexOf('>', start);
    if (close < 0) {
      throw new GoRegexException("invalid named capture", in.text().substring(start));
    }
    String name = in.text().substring(open + 1, close);
    if (!name.matches("[A-Za-z0-9_]+")) {
      throw new GoRegexException("invalid named capture", in.text().substring(start, close + 1));
    }
    in.to(close + 1);
    return name;
  }

  private @Nullable Node flagsGroup(int start, Flags outer) {
    Flags next = flags;
    boolean on = true;
    boolean any = false;
    while (!in.atEnd()) {
      int c = in.next();
      switch (c) {
        case 'i', 'm', 's', 'U' -> {
          next = next.with((char) c, on);
          any = true;
        }
        case '-' -> {
          if (!on) {
            throw badPerl(start);
          }
          on = false;
          any = false;
        }
        case ':', ')' -> {
          if (!on && !any) {
            throw badPerl(start);
          }
          flags = next;
          return c == ':' ? wrapped(group(outer)) : null;
        }
        default -> throw badPerl(start);
      }
    }
    throw badPerl(start);
  }

  /// Keeps a group's sequence one item, so that a repetition applies to all of it.
  private static Node wrapped(Node body) {
    return body instanceof Node.Sequence ? new Node.Choice(List.of(body)) : body;
  }

  private GoRegexException badPerl(int start) {
    return new GoRegexException("invalid or unsupported Perl syntax", in.from(start));
  }

  private Node escape(int start) {
    if (in.atEnd()) {
      throw new GoRegexException("trailing backslash at end of expression", "");
    }
    switch (in.peek()) {
      case 'A':
        return place(Node.Place.TEXT_START);
      case 'z':
        return place(Node.Place.TEXT_END);
      case 'b':
        return place(Node.Place.WORD_BOUNDARY);
      case 'B':
        return place(Node.Place.NO_WORD_BOUNDARY);
      case 'Q':
        return quoted();
      default:
        var set = new CharSet();
        return Escapes.addClass(in, start, flags.fold, set)
            ? new Node.Set(set)
            : literal(Escapes.character(in, start));
    }
  }

  private Node place(Node.Place place) {
    in.next();
    return new Node.At(place);
  }

  private Node quoted() {
    in.next();
    int end = in.text().indexOf("\\E", in.at());
    String quoted = in.text().substring(in.at(), end < 0 ? in.text().length() : end);
    in.to(end < 0 ? in.text().length() : end + 2);
    List<Node> literals = new ArrayList<>();
    quoted.codePoints().forEach(c -> literals.add(literal(c)));
    return literals.size() == 1 ? literals.getFirst() : new Node.Sequence(literals);
  }
}
