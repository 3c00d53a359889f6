package dev.weir.agent.loki.source.docker;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The positions file that Alloy or Promtail has left where ours is to be: a time per container.
final class CursorFile {
  private static final String FIRST_LINE = "positions:";
  private static final Pattern KEY =
      Pattern.compile("\\s*(?:\\? path: )?cursor-([0-9a-f]{12,64})(?:: [\"']?([0-9]+)[\"']?)?\\s*");
  private static final Pattern VALUE = Pattern.compile("\\s*: [\"']?([0-9]+)[\"']?\\s*");

  private CursorFile() {}

  /// Reads the file if it is one of theirs, and puts it aside as `<name>.before`.
  ///
  /// @return seconds since 1970 by container id; empty when there is no such file
  static Map<String, Long> takeOver(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      return Map.of();
    }
    String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    if (!text.startsWith(FIRST_LINE)) {
      return Map.of();
    }
    Map<String, Long> cursors = parse(text);
    Path aside = file.resolveSibling(file.getFileName() + ".before");
    Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
    return cursors;
  }

  /// A container with several sets of labels has several entries; the latest counts.
  static Map<String, Long> parse(String text) {
    var cursors = new HashMap<String, Long>();
    String id = null;
    for (String line : text.lines().toList()) {
      Matcher key = KEY.matcher(line);
      Matcher value = VALUE.matcher(line);
      if (key.matches()) {
        id = key.group(1);
        put(cursors, id, key.group(2));
      } else if (id != null && value.matches()) {
        put(cursors, id, value.group(1));
        id = null;
      } else if (line.stripLeading().startsWith("? ")) {
        id = null;
      }
    }
    return cursors;
  }

  private static void put(Map<String, Long> cursors, String id, @Nullable String seconds) {
    // Longer numbers are no seconds, but the nanoseconds of something else.
    if (seconds != null && seconds.length() <= 10) {
      cursors.merge(id, Long.parseLong(seconds), Math::max);
    }
  }
}
