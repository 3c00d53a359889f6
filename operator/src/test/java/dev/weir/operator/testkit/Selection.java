package dev.weir.operator.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a list or watch asks for: a collection, by labels and fields.
///
/// @param namespace empty for all
record Selection(Kind kind, String namespace, Predicate<JsonNode> filter) {
  private static final Pattern SET = Pattern.compile("(\\S+)\\s+(in|notin)\\s+\\(([^)]*)\\)");
  private static final Pattern SPLIT = Pattern.compile(",(?![^(]*\\))");

  static Selection of(ResourcePath path, String labels, String fields) {
    Predicate<JsonNode> filter = object -> true;
    for (String term : terms(labels)) {
      filter = filter.and(object -> label(term, object.path("metadata").path("labels")));
    }
    for (String term : terms(fields)) {
      filter = filter.and(object -> field(term, object));
    }
    return new Selection(path.kind(), path.namespace(), filter);
  }

  boolean covers(StoredKey key) {
    return key.kind().equals(kind) && (namespace.isEmpty() || namespace.equals(key.namespace()));
  }

  private static List<String> terms(String text) {
    return SPLIT.splitAsStream(text).map(String::strip).filter(term -> !term.isEmpty()).toList();
  }

  private static boolean label(String term, JsonNode labels) {
    Matcher set = SET.matcher(term);
    if (set.matches()) {
      List<String> values = Arrays.stream(set.group(3).split(",", -1)).map(String::strip).toList();
      boolean in = labels.has(set.group(1)) && values.contains(labels.get(set.group(1)).asText());
      return set.group(2).equals("in") == in;
    }
    if (term.contains("!=")) {
      String[] sides = term.split("!=", 2);
      return !sides[1].strip().equals(labels.path(sides[0].strip()).asText(null));
    }
    if (term.contains("=")) {
      String[] sides = term.split("==?", 2);
      return sides[1].strip().equals(labels.path(sides[0].strip()).asText(null));
    }
    return term.startsWith("!") ? !labels.has(term.substring(1)) : labels.has(term);
  }

  private static boolean field(String term, JsonNode object) {
    boolean not = term.contains("!=");
    String[] sides = term.split(not ? "!=" : "==?", 2);
    JsonNode value = object.at("/" + sides[0].strip().replace('.', '/'));
    return not != sides[1].strip().equals(value.asText(""));
  }
}
