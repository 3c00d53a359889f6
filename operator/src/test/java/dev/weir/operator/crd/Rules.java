package dev.weir.operator.crd;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cel.bundle.Cel;
import dev.cel.bundle.CelFactory;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.SimpleType;
import dev.cel.extensions.CelExtensions;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelFunctionBinding;
import dev.weir.operator.manifest.Schema;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Asks the rules in CEL of a schema, with the functions that Kubernetes adds and the rules use:
/// `isURL`, `quantity`, `compareTo`, `lowerAscii`.
final class Rules {
  private static final Set<String> WORDS =
      Set.of(
          "true",
          "false",
          "null",
          "in",
          "as",
          "break",
          "const",
          "continue",
          "else",
          "for",
          "function",
          "if",
          "import",
          "let",
          "loop",
          "package",
          "namespace",
          "return",
          "var",
          "void",
          "while");

  private static final Cel CEL =
      CelFactory.standardCelBuilder()
          .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
          .addCompilerLibraries(CelExtensions.strings())
          .addRuntimeLibraries(CelExtensions.strings())
          .addVar("self", SimpleType.DYN)
          .addVar("oldSelf", SimpleType.DYN)
          .addFunctionDeclarations(
              CelFunctionDecl.newFunctionDeclaration(
                  "isURL",
                  CelOverloadDecl.newGlobalOverload("is_url", SimpleType.BOOL, SimpleType.STRING)),
              CelFunctionDecl.newFunctionDeclaration(
                  "quantity",
                  CelOverloadDecl.newGlobalOverload(
                      "quantity", SimpleType.DOUBLE, SimpleType.STRING)),
              CelFunctionDecl.newFunctionDeclaration(
                  "compareTo",
                  CelOverloadDecl.newMemberOverload(
                      "quantity_compare", SimpleType.INT, SimpleType.DOUBLE, SimpleType.DOUBLE)))
          .addFunctionBindings(
              CelFunctionBinding.from("is_url", String.class, Rules::isUrl),
              CelFunctionBinding.from("quantity", String.class, Rules::quantity),
              CelFunctionBinding.from(
                  "quantity_compare",
                  Double.class,
                  Double.class,
                  (one, other) -> (long) Double.compare(one, other)))
          .build();

  private final List<String> messages = new ArrayList<>();

  /// What the rules say of a resource.
  ///
  /// @param old what it was before; null for a new one
  static List<String> check(JsonNode schema, JsonNode value, @Nullable JsonNode old) {
    var rules = new Rules();
    rules.walk(schema, value, old);
    return rules.messages;
  }

  private void walk(JsonNode schema, JsonNode value, @Nullable JsonNode old) {
    for (JsonNode rule : schema.path("x-kubernetes-validations")) {
      String text = rule.get("rule").asText();
      if (old != null || !text.contains("oldSelf")) {
        ask(rule, text, schema, value, old);
      }
    }
    value
        .properties()
        .forEach(one -> {
          JsonNode field = schema.path("properties").get(one.getKey());
          JsonNode known = field == null ? schema.get("additionalProperties") : field;
          if (known != null) {
            walk(known, one.getValue(), old == null ? null : old.get(one.getKey()));
          }
        });
    if (value.isArray() && schema.has("items")) {
      value.forEach(element -> walk(schema.get("items"), element, null));
    }
  }

  private void ask(
      JsonNode rule, String text, JsonNode schema, JsonNode value, @Nullable JsonNode old) {
    Map<String, Object> variables = new LinkedHashMap<>();
    variables.put("self", converted(value, schema));
    variables.put("oldSelf", converted(old == null ? value : old, schema));
    try {
      Object holds = CEL.createProgram(CEL.compile(text).getAst()).eval(variables);
      if (!Boolean.TRUE.equals(holds)) {
        messages.add(rule.get("message").asText());
      }
    } catch (CelValidationException e) {
      throw new AssertionError("no CEL: " + text, e);
    } catch (CelEvaluationException e) {
      // An API server refuses what a rule cannot be asked of.
      messages.add(rule.get("message").asText() + " (" + e.getMessage() + ")");
    }
  }

  /// As Kubernetes shows values to rules: fields that are named like words of CEL are escaped.
  private static Object converted(JsonNode value, JsonNode schema) {
    if (value.isObject()) {
      Map<String, Object> map = new LinkedHashMap<>();
      value
          .properties()
          .forEach(one -> {
            JsonNode field = schema.path("properties").get(one.getKey());
            boolean escaped = field != null && WORDS.contains(one.getKey());
            JsonNode inside = field == null ? schema.path("additionalProperties") : field;
            String key = escaped ? "__" + one.getKey() + "__" : one.getKey();
            map.put(key, converted(one.getValue(), inside));
          });
      return map;
    }
    if (value.isArray()) {
      List<Object> list = new ArrayList<>();
      value.forEach(element -> list.add(converted(element, schema.path("items"))));
      return list;
    }
    if (value.isBoolean()) {
      return value.asBoolean();
    }
    return value.isIntegralNumber() ? value.asLong() : value.asText();
  }

  private static boolean isUrl(String text) {
    try {
      var uri = new URI(text);
      return uri.getScheme() != null && uri.getHost() != null;
    } catch (URISyntaxException e) {
      return false;
    }
  }

  private static double quantity(String text) {
    Map<String, Long> units = Map.of("Ki", 1L << 10, "Mi", 1L << 20, "Gi", 1L << 30);
    for (var unit : units.entrySet()) {
      if (text.endsWith(unit.getKey())) {
        String number = text.substring(0, text.length() - 2);
        return new BigDecimal(number).doubleValue() * unit.getValue();
      }
    }
    return new BigDecimal(text).doubleValue();
  }

  /// A resource with its defaults.
  static ObjectNode filledIn(JsonNode resource, Schema schema) {
    ObjectNode copy = resource.deepCopy();
    schema.fillIn(copy);
    return copy;
  }
}
