package dev.weir.agent.faults.kit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What a Docker Engine has logged of a container, read from its `json-file` by other means than
/// the agent's: the lines of each stream in order, parts joined.
public final class JsonFileTruth {
  private static final ObjectMapper JSON = new ObjectMapper();

  private JsonFileTruth() {}

  /// The lines by stream, as they are in the file now.
  ///
  /// @param file that was never rotated
  public static Map<String, List<String>> of(Path file) {
    Map<String, List<String>> lines = new HashMap<>();
    Map<String, StringBuilder> open = new HashMap<>();
    try {
      for (String record : Files.readAllLines(file)) {
        JsonNode node = JSON.readTree(record);
        String stream = node.get("stream").asText();
        String text = node.get("log").asText();
        StringBuilder line = open.computeIfAbsent(stream, _ -> new StringBuilder());
        line.append(text);
        // A part without its newline that is shorter than those that Docker cuts is a last word.
        if (text.endsWith("\n") || text.length() < NumberedLines.UNIT) {
          lines.computeIfAbsent(stream, _ -> new ArrayList<>()).add(chomped(line));
          line.setLength(0);
        }
      }
      return lines;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String chomped(StringBuilder line) {
    String text = line.toString();
    return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
  }
}
