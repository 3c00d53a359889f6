package dev.weir.agent.loki.secretfilter;

import dev.weir.agent.regex.GoMatch;
import dev.weir.agent.regex.GoRegex;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/// Finds secrets in lines. A line that holds none of the keywords of any rule, as nearly all do, is
/// looked at once only. Immutable and thread-safe.
final class Detector {
  private final SecretRules rules;
  private final @Nullable GoRegex anyKeyword;

  Detector(SecretRules rules) {
    this.rules = rules;
    this.anyKeyword = anyKeyword(rules.rules());
  }

  private static @Nullable GoRegex anyKeyword(List<SecretRule> rules) {
    var all = new StringJoiner("|", "(?i)(?:", ")");
    for (SecretRule rule : rules) {
      if (rule.keywords().isEmpty()) {
        return null;
      }
      rule.keywords().forEach(keyword -> all.add(GoRegex.quote(keyword)));
    }
    return rules.isEmpty() ? null : GoRegex.compile(all.toString());
  }

  /// What was found.
  ///
  /// @param timedOut whether not every rule was tried
  record Result(List<Finding> findings, boolean timedOut) {
    private static final Result NOTHING = new Result(List.of(), false);
  }

  /// Looks for secrets.
  ///
  /// @param limit nanoseconds to spend on it, 0 for any time
  Result detect(byte[] buffer, int offset, int length, long limit) {
    GoRegex keywords = anyKeyword;
    if (keywords != null && !keywords.find(buffer, offset, length)) {
      return Result.NOTHING;
    }
    long start = System.nanoTime();
    String line = new String(buffer, offset, length, StandardCharsets.UTF_8);
    String lower = line.toLowerCase(Locale.ROOT);
    List<Finding> findings = new ArrayList<>();
    for (SecretRule rule : rules.rules()) {
      if (limit > 0 && System.nanoTime() - start > limit) {
        return new Result(findings, true);
      }
      if (rule.mayMatch(lower)) {
        find(rule, line, findings);
      }
    }
    boolean late = limit > 0 && System.nanoTime() - start > limit;
    return new Result(findings, late);
  }

  private void find(SecretRule rule, String line, List<Finding> findings) {
    for (GoMatch match : rule.regex().matches(line)) {
      String secret = rule.secret(match, line);
      if (secret != null && !isAllowed(secret, match, line)) {
        findings.add(new Finding(rule.id(), secret));
      }
    }
  }

  private boolean isAllowed(String secret, GoMatch match, String line) {
    String all = String.valueOf(match.group(0));
    return rules.allowlists().stream().anyMatch(list -> list.allows(secret, all, line));
  }
}
