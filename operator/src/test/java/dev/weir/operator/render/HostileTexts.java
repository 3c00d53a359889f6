package dev.weir.operator.render;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/// Texts that try to be more than texts.
final class HostileTexts {
  /// Ways in which values of resources have become configuration of other agents, and what belongs
  /// to River, LogQL, Go's templates, regular expressions and shells.
  static final List<String> KNOWN =
      List.of(
          "x\n[OUTPUT]\n    Name exec\n    Command id",
          "x\n</match>\n<source>\n  @type exec\n  command id\n</source>",
          "#{`id`}",
          "\"#{system('id')}\"",
          "') || true || match(.message, r'",
          "x'\n.message = get_env_var!(\"SECRET\")\n'",
          "\"\n}\nlocal.file \"x\" { filename = \"/etc/shadow\" }\n",
          "\" + sys.env(\"HOME\") + \"",
          "`\n}\nloki.write \"evil\" {}",
          "\\\" }",
          "\\",
          "\"",
          "`",
          "${HOME}",
          "{{ env \"HOME\" }}",
          "}} {{ .Entry }} {{",
          "\"} |= \"",
          "\"} | line_format \"{{.x}}",
          "a)|(.*",
          "(?i)[",
          "$1 ${1} \\1",
          "// comment",
          "/* comment",
          "\u0000\u0001\u001b[31m\u007f",
          "\u2028\u2029\u0085\ufeff",
          "\r\n",
          "\ud83d\ude00 \u202e reversed",
          "*",
          "-1",
          "null");

  private HostileTexts() {}

  /// Whole Unicode text, never empty.
  static Arbitrary<String> whole() {
    return Arbitraries.oneOf(
        Arbitraries.of(KNOWN),
        Arbitraries.strings()
            .withChars("\"'`\\\n\r\t{}[]()<>|$#%.*+?^~=!,;:/ ax0")
            .ofMinLength(1)
            .ofMaxLength(40),
        Arbitraries.integers()
            .between(0, Character.MAX_CODE_POINT)
            .filter(c -> c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE)
            .list()
            .ofMinSize(1)
            .ofMaxSize(20)
            .map(HostileTexts::text));
  }

  /// Text with half characters in it.
  static Arbitrary<String> broken() {
    return Arbitraries.chars()
        .range(Character.MIN_HIGH_SURROGATE, Character.MAX_LOW_SURROGATE)
        .map(half -> "a" + half + "b");
  }

  private static String text(List<Integer> codePoints) {
    var out = new StringBuilder();
    codePoints.forEach(out::appendCodePoint);
    return out.toString();
  }
}
