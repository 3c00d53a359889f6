package dev.weir.agent.reference;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What the Javadoc of a record says of its components: its `@param`, as one line each.
final class ParameterDocs {
  private static final Path SOURCES = Path.of("src", "main", "java");
  private static final Pattern PARAMETER = Pattern.compile("@param (\\w+) (.*)");
  private static final Map<Class<?>, Map<String, String>> KNOWN = new ConcurrentHashMap<>();

  private ParameterDocs() {}

  /// By the name of the component.
  static Map<String, String> of(Class<? extends Record> record) {
    return KNOWN.computeIfAbsent(record, ParameterDocs::read);
  }

  private static Map<String, String> read(Class<?> record) {
    Class<?> outermost = record;
    while (outermost.getEnclosingClass() != null) {
      outermost = outermost.getEnclosingClass();
    }
    Path source = SOURCES.resolve(outermost.getName().replace('.', '/') + ".java");
    try {
      return parameters(above(Files.readAllLines(source), record.getSimpleName()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The comment lines right above a record, without their slashes.
  private static List<String> above(List<String> source, String record) {
    Pattern declaration =
        Pattern.compile("\\s*(public |private |static )*record " + record + "\\(.*");
    List<String> comment = new ArrayList<>();
    for (String line : source) {
      if (line.strip().startsWith("///")) {
        comment.add(line.strip().substring(3));
      } else if (declaration.matcher(line).matches()) {
        return comment;
      } else if (!line.strip().startsWith("@")) {
        comment.clear();
      }
    }
    throw new IllegalStateException("no record " + record);
  }

  private static Map<String, String> parameters(List<String> comment) {
    Map<String, String> found = new LinkedHashMap<>();
    String name = "";
    for (String line : comment) {
      Matcher parameter = PARAMETER.matcher(line.strip());
      if (parameter.matches()) {
        name = parameter.group(1);
        found.put(name, parameter.group(2));
      } else if (!name.isEmpty() && line.startsWith("   ")) {
        found.merge(name, line.strip(), (first, more) -> first + " " + more);
      } else {
        name = "";
      }
    }
    return found;
  }
}
