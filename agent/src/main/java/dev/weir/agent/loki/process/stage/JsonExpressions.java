package dev.weir.agent.loki.process.stage;

import com.fasterxml.jackson.databind.JsonNode;
import io.burt.jmespath.Expression;
import io.burt.jmespath.JmesPathException;
import io.burt.jmespath.jackson.JacksonRuntime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What `stage.json` looks for: plain fields, and paths that need a tree.
record JsonExpressions(List<Field> fields, List<Path> paths) {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
  private static final JacksonRuntime JMESPATH = new JacksonRuntime();

  /// A field of the object itself.
  record Field(String to, String from) {}

  /// A JMESPath expression.
  record Path(String to, Expression<JsonNode> expression) {}

  /// Reads expressions.
  ///
  /// @throws IllegalArgumentException when one is not JMESPath
  static JsonExpressions of(Map<String, @Nullable String> expressions) {
    List<Field> fields = new ArrayList<>();
    List<Path> paths = new ArrayList<>();
    expressions.forEach((to, given) -> {
      String expression = given == null || given.isEmpty() ? to : given;
      if (PLAIN.matcher(expression).matches()) {
        fields.add(new Field(to, expression));
      } else {
        paths.add(new Path(to, compiled(expression)));
      }
    });
    return new JsonExpressions(fields, paths);
  }

  /// One expression.
  ///
  /// @throws IllegalArgumentException when it is not JMESPath
  static Expression<JsonNode> compiled(String expression) {
    try {
      return JMESPATH.compile(expression);
    } catch (JmesPathException e) {
      throw new IllegalArgumentException(
          "could not compile JMES expression: " + expression + ": " + e.getMessage(), e);
    }
  }
}
