package dev.weir.operator.chart;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The chart's values with what their comments say.
///
/// @param values in the order of the file
record ChartValues(List<Value> values) {
  private static final Pattern LINE = Pattern.compile("( *)([A-Za-z_]+):.*");
  private static final String COMMENT = "# -- ";

  /// @param path `image.tag`
  /// @param fallback its value in the file, as JSON
  /// @param description empty if the file says nothing
  record Value(String path, JsonNode fallback, String description) {}

  private record Open(int indent, String name) {}

  static ChartValues read(Path file) throws IOException {
    JsonNode tree = Rendered.YAML.readTree(file.toFile());
    var values = new ArrayList<Value>();
    var path = new ArrayDeque<Open>();
    String description = "";
    int documented = -1;
    for (String line : Files.readAllLines(file)) {
      if (line.strip().startsWith(COMMENT)) {
        description = line.strip().substring(COMMENT.length());
        continue;
      }
      Matcher matcher = LINE.matcher(line);
      if (!matcher.matches()) {
        continue;
      }
      int indent = matcher.group(1).length();
      while (!path.isEmpty() && path.peekLast().indent() >= indent) {
        path.removeLast();
      }
      path.addLast(new Open(indent, matcher.group(2)));
      // What lies in a value that has a description is its default, not a value of its own.
      if (documented < 0 || indent <= documented) {
        Value value = value(path, tree, description);
        boolean described = !description.isEmpty();
        if (described || !value.fallback().isObject() || value.fallback().isEmpty()) {
          values.add(value);
        }
        documented = described ? indent : -1;
      }
      description = "";
    }
    return new ChartValues(values);
  }

  private static Value value(ArrayDeque<Open> path, JsonNode tree, String description) {
    List<String> names = path.stream().map(Open::name).toList();
    return new Value(String.join(".", names), tree.at("/" + String.join("/", names)), description);
  }

  /// A table for the chart's README.
  String table() {
    var table = new StringBuilder("| value | default | what |\n|---|---|---|\n");
    for (Value value : values) {
      table.append(
          "| `%s` | `%s` | %s |\n"
              .formatted(value.path(), value.fallback(), value.description().replace("|", "\\|")));
    }
    return table.toString();
  }
}
