package dev.weir.agent.template;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Functions on semantic versions.
final class VersionFunctions {
  private static final Pattern VERSION =
      Pattern.compile(
          "v?(\\d{1,9})(?:\\.(\\d{1,9}))?(?:\\.(\\d{1,9}))?(?:-([0-9A-Za-z.-]+))?(?:\\+([0-9A-Za-z.-]+))?");
  private static final Pattern CONDITION = Pattern.compile("(=|!=|>=|<=|>|<|\\^|~)?\\s*(\\S+)");

  /// What the text leaves out is 0.
  private record Version(long major, long minor, long patch, String prerelease, String metadata) {
    static Version parse(String text) throws TemplateException {
      Matcher matcher = VERSION.matcher(text);
      if (!matcher.matches()) {
        throw new TemplateException("invalid semantic version");
      }
      return new Version(
          Long.parseLong(matcher.group(1)),
          number(matcher.group(2)),
          number(matcher.group(3)),
          text(matcher.group(4)),
          text(matcher.group(5)));
    }

    private static long number(@Nullable String digits) {
      return digits == null ? 0 : Long.parseLong(digits);
    }

    private static String text(@Nullable String part) {
      return part == null ? "" : part;
    }

    int compareTo(Version other) {
      int order = Long.compare(major, other.major);
      order = order == 0 ? Long.compare(minor, other.minor) : order;
      order = order == 0 ? Long.compare(patch, other.patch) : order;
      if (order != 0) {
        return order;
      }
      // A version comes after its prereleases.
      return prerelease.isEmpty() || other.prerelease.isEmpty()
          ? Boolean.compare(prerelease.isEmpty(), other.prerelease.isEmpty())
          : prerelease.compareTo(other.prerelease);
    }

    /// The first version that a caret does not allow.
    Version afterCaret() {
      if (major > 0) {
        return new Version(major + 1, 0, 0, "", "");
      }
      return minor > 0
          ? new Version(0, minor + 1, 0, "", "")
          : new Version(0, 0, patch + 1, "", "");
    }
  }

  private VersionFunctions() {}

  static void addTo(Functions functions) {
    functions.text("semver", VersionFunctions::fields);
    functions.texts("semverCompare", VersionFunctions::satisfies);
  }

  private static Map<String, Object> fields(String text) throws TemplateException {
    Version version = Version.parse(text);
    Map<String, Object> fields = new TreeMap<>();
    fields.put("Major", version.major);
    fields.put("Minor", version.minor);
    fields.put("Patch", version.patch);
    fields.put("Prerelease", version.prerelease);
    fields.put("Metadata", version.metadata);
    fields.put("Original", text);
    return fields;
  }

  private static boolean satisfies(String constraint, String text) throws TemplateException {
    Version version = Version.parse(text);
    for (String alternative : constraint.split("\\|\\|", -1)) {
      boolean all = true;
      for (String condition : alternative.strip().split("[,\\s]+(?=[=!<>^~\\dv])", -1)) {
        all &= holds(condition.strip(), version);
      }
      if (all) {
        return true;
      }
    }
    return false;
  }

  private static boolean holds(String condition, Version version) throws TemplateException {
    Matcher matcher = CONDITION.matcher(condition);
    if (!matcher.matches()) {
      throw new TemplateException("improper constraint: " + condition);
    }
    Version bound = Version.parse(matcher.group(2));
    int order = version.compareTo(bound);
    if (!version.prerelease.isEmpty() && bound.prerelease.isEmpty()) {
      return false;
    }
    String operator = matcher.group(1) == null ? "=" : matcher.group(1);
    return switch (operator) {
      case "!=" -> order != 0;
      case ">" -> order > 0;
      case "<" -> order < 0;
      case ">=" -> order >= 0;
      case "<=" -> order <= 0;
      case "^" -> order >= 0 && version.compareTo(bound.afterCaret()) < 0;
      case "~" -> order >= 0 && version.major == bound.major && version.minor == bound.minor;
      default -> order == 0;
    };
  }
}
