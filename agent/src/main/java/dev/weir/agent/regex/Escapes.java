package dev.weir.agent.regex;

import java.util.Map;
import java.util.Set;

/// What follows a backslash.
final class Escapes {
  private static final Map<Integer, int[]> PERL =
      Map.of(
          (int) 'd', new int[] {'0', '9'},
          (int) 's', new int[] {'\t', '\n', '\f', '\r', ' ', ' '},
          (int) 'w', new int[] {'0', '9', 'A', 'Z', '_', '_', 'a', 'z'});
  private static final Set<String> CATEGORIES =
      Set.of(
          "C", "Cc", "Cf", "Cn", "Co", "Cs", "L", "LC", "Ll", "Lm", "Lo", "Lt", "Lu", "M", "Mc",
          "Me", "Mn", "N", "Nd", "Nl", "No", "P", "Pc", "Pd", "Pe", "Pf", "Pi", "Po", "Ps", "S",
          "Sc", "Sk", "Sm", "So", "Z", "Zl", "Zp", "Zs");

  private Escapes() {}

  /// Reads `\d`, `\pL` and the like into a set; the cursor stands after the backslash.
  ///
  /// @return false, with nothing read, when it is not an escape of that kind
  static boolean addClass(Cursor in, int start, boolean fold, CharSet set) {
    if (in.atEnd()) {
      return false;
    }
    int c = in.peek();
    int[] perl = PERL.get(Character.toLowerCase(c));
    if (perl != null && c < 0x80) {
      in.next();
      if (Character.isLowerCase(c)) {
        addFolded(set, fold, perl);
      } else {
        // The complement is taken after folding, so that `(?i)\W` holds neither K nor the Kelvin
        // sign.
        addOutsideFolded(set, fold, perl);
      }
      return true;
    }
    if (c == 'p' || c == 'P') {
      in.next();
      addProperty(in, start, fold, c == 'P', set);
      return true;
    }
    return false;
  }

  private static void addFolded(CharSet set, boolean fold, int[] bounds) {
    CharSet.of(bounds).foldedIf(fold).addTo(set);
  }

  private static void addOutsideFolded(CharSet set, boolean fold, int[] bounds) {
    set.addOutside(CharSet.of(bounds).foldedIf(fold).bounds());
  }

  private static void addProperty(
      Cursor in, int start, boolean fold, boolean negated, CharSet set) {
    if (in.atEnd()) {
      throw invalidRange(in, start);
    }
    String name = Character.toString(in.next());
    if (name.equals("{")) {
      int close = in.text().indexOf('}', in.at());
      if (close < 0) {
        in.to(in.text().length());
        throw invalidRange(in, start);
      }
      name = in.text().substring(in.at(), close);
      in.to(close + 1);
    }
    boolean not = negated;
    if (name.startsWith("^")) {
      not = !not;
      name = name.substring(1);
    }
    add(set, name, not, fold, in, start);
  }

  private static void add(
      CharSet set, String name, boolean negated, boolean fold, Cursor in, int start) {
    switch (name) {
      case "Any" -> {
        if (!negated) {
          set.add(0, CharSet.LAST);
        }
      }
      case "ASCII" -> {
        if (negated) {
          set.addOutside(0, 0x7f);
        } else {
          set.add(0, 0x7f);
        }
      }
      default -> {
        if (!CATEGORIES.contains(name) && !isScript(name)) {
          throw invalidRange(in, start);
        }
        set.addProperty(name, negated, fold);
      }
    }
  }

  private static boolean isScript(String name) {
    if (name.isEmpty() || !Character.isUpperCase(name.charAt(0)) || name.matches("[A-Z_]+")) {
      return false;
    }
    try {
      return Character.UnicodeScript.forName(name).name().equalsIgnoreCase(name);
    } catch (IllegalArgumentException unknown) {
      return false;
    }
  }

  private static GoRegexException invalidRange(Cursor in, int start) {
    return new GoRegexException("invalid character class range", in.from(start));
  }

  /// Reads an escape that stands for one character; the cursor stands after the backslash.
  static int character(Cursor in, int start) {
    if (in.atEnd()) {
      throw new GoRegexException("trailing backslash at end of expression", "");
    }
    int c = in.next();
    return switch (c) {
      case 'a' -> 0x07;
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'v' -> 0x0b;
      case 'x' -> hex(in, start);
      case '0' -> octal(in, 0, 2);
      case '1', '2', '3', '4', '5', '6', '7' -> {
        if (in.atEnd() || in.peek() < '0' || in.peek() > '7') {
          throw invalid(in, start);
        }
        yield octal(in, c - '0', 2);
      }
      default -> {
        if (c < 0x80 && !Character.isLetterOrDigit(c)) {
          yield c;
        }
        throw invalid(in, start);
      }
    };
  }

  private static int octal(Cursor in, int first, int digits) {
    int value = first;
    for (int i = 0; i < digits && !in.atEnd() && in.peek() >= '0' && in.peek() <= '7'; i++) {
      value = value * 8 + in.next() - '0';
    }
    return value;
  }

  private static int hex(Cursor in, int start) {
    if (in.accept('{')) {
      int close = in.text().indexOf('}', in.at());
      String digits = close < 0 ? "" : in.text().substring(in.at(), close);
      if (!digits.matches("0*[0-9A-Fa-f]{1,6}") || Integer.parseInt(digits, 16) > CharSet.LAST) {
        in.to(close < 0 ? in.text().length() : close + 1);
        throw invalid(in, start);
      }
      in.to(close + 1);
      return Integer.parseInt(digits, 16);
    }
    int value = 0;
    for (int i = 0; i < 2; i++) {
      int digit = in.atEnd() ? -1 : Character.digit(in.next(), 16);
      if (digit < 0) {
        throw invalid(in, start);
      }
      value = value * 16 + digit;
    }
    return value;
  }

  private static GoRegexException invalid(Cursor in, int start) {
    return new GoRegexException("invalid escape sequence", in.from(start));
  }
}
