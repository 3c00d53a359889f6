package dev.weir.agent.loki.secretfilter;

import dev.weir.agent.regex.GoMatch;
import dev.weir.agent.regex.GoRegex;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// How one kind of secret is found.
///
/// @param keywords in lower case, one of which a line must hold; none for any line
/// @param group of the expression that is the secret; 0 for the first that took part, or all
/// @param entropy the least of the secret, in bits a character; 0 for any
record SecretRule(
    String id,
    GoRegex regex,
    List<String> keywords,
    int group,
    double entropy,
    List<Allowlist> allowlists) {
  /// Findings that are none.
  ///
  /// @param target what expressions look at: `match`, `line`, else the secret
  /// @param stopwords in lower case
  record Allowlist(List<GoRegex> regexes, List<String> stopwords, String target) {
    boolean allows(String secret, String match, String line) {
      String subject =
          switch (target) {
            case "match" -> match;
            case "line" -> line;
            default -> secret;
          };
      String lower = secret.toLowerCase(Locale.ROOT);
      return regexes.stream().anyMatch(regex -> regex.find(subject))
          || stopwords.stream().anyMatch(lower::contains);
    }
  }

  /// Whether a line may hold such a secret.
  ///
  /// @param lower the line in lower case
  boolean mayMatch(String lower) {
    return keywords.isEmpty() || keywords.stream().anyMatch(lower::contains);
  }

  /// The secret of a match, or null when it is none.
  @Nullable String secret(GoMatch match, String line) {
    String secret = part(match);
    if (secret.isEmpty() || (entropy > 0 && entropy(secret) <= entropy)) {
      return null;
    }
    String all = String.valueOf(match.group(0));
    boolean allowed = allowlists.stream().anyMatch(list -> list.allows(secret, all, line));
    return allowed ? null : secret;
  }

  private String part(GoMatch match) {
    if (group > 0) {
      return String.valueOf(match.group(group));
    }
    for (int i = 1; i <= regex.groupCount(); i++) {
      String text = match.group(i);
      if (text != null && !text.isEmpty()) {
        return text;
      }
    }
    return String.valueOf(match.group(0));
  }

  /// Shannon's entropy in bits a character.
  static double entropy(String text) {
    double bits = 0;
    long length = text.codePoints().count();
    var counts = new HashMap<Integer, Integer>();
    text.codePoints().forEach(c -> counts.merge(c, 1, Integer::sum));
    for (int count : counts.values()) {
      double share = (double) count / length;
      bits -= share * Math.log(share) / Math.log(2);
    }
    return bits;
  }
}
