package dev.weir.agent.river.eval;

import dev.weir.agent.river.eval.Value.Function;
import dev.weir.agent.river.eval.Value.FunctionValue;
import dev.weir.agent.river.eval.Value.ObjectValue;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The names that every expression may use.
///
/// Thread-safe.
final class StandardLibrary {
  private static final Logger log = LoggerFactory.getLogger(StandardLibrary.class);
  static final String DEPRECATION =
      "this stdlib function is deprecated; please refer to the documentation for updated usage and"
          + " alternatives";

  private static final Set<String> EXPERIMENTAL = Set.of("array.combine_maps", "array.group_by");

  /// Old names, from before functions were grouped, by the new one.
  private static final Map<String, String> OLD_NAMES =
      Map.ofEntries(
          Map.entry("env", "sys.env"),
          Map.entry("nonsensitive", "convert.nonsensitive"),
          Map.entry("concat", "array.concat"),
          Map.entry("json_decode", "encoding.from_json"),
          Map.entry("yaml_decode", "encoding.from_yaml"),
          Map.entry("base64_decode", "encoding.from_base64"),
          Map.entry("format", "string.format"),
          Map.entry("join", "string.join"),
          Map.entry("replace", "string.replace"),
          Map.entry("split", "string.split"),
          Map.entry("to_lower", "string.to_lower"),
          Map.entry("to_upper", "string.to_upper"),
          Map.entry("trim", "string.trim"),
          Map.entry("trim_prefix", "string.trim_prefix"),
          Map.entry("trim_suffix", "string.trim_suffix"),
          Map.entry("trim_space", "string.trim_space"));

  private static final Map<String, Value> NAMES = names();
  private static final Set<String> WARNED = ConcurrentHashMap.newKeySet();

  private StandardLibrary() {}

  static boolean contains(String name) {
    return NAMES.containsKey(name) || name.equals("constants");
  }

  /// What a name stands for, null when it is not one of the library's.
  static @Nullable Value lookup(String name) {
    if (name.equals("constants")) {
      return Constants.VALUE;
    }
    if (OLD_NAMES.containsKey(name) && WARNED.add(name)) {
      log.atWarn()
          .addKeyValue("function", name)
          .addKeyValue("replacement", OLD_NAMES.get(name))
          .log(DEPRECATION);
    }
    return NAMES.get(name);
  }

  /// Whether a function, given by its full name, may still change.
  static boolean experimental(String function) {
    return EXPERIMENTAL.contains(function);
  }

  /// Whether a function is given by an old name.
  static boolean deprecated(String function) {
    return OLD_NAMES.containsKey(function);
  }

  /// Why an experimental function cannot be called.
  static String refusal(String function) {
    return function
        + " is at stability level \"experimental\", which is below the minimum allowed stability"
        + " level \"generally-available\". Use --stability.level command-line flag to enable"
        + " \"experimental\" features";
  }

  private static Map<String, Value> names() {
    Map<String, Value> names = new HashMap<>();
    group(names, "array", ArrayFunctions.ALL);
    group(names, "encoding", EncodingFunctions.ALL);
    group(names, "string", StringFunctions.ALL);
    group(names, "file", SystemFunctions.FILE);
    group(names, "sys", SystemFunctions.SYS);
    group(names, "convert", SystemFunctions.CONVERT);
    names.put("coalesce", new FunctionValue("coalesce", ArrayFunctions::coalesce));
    names.put("json_path", new FunctionValue("json_path", EncodingFunctions.JSON_PATH));
    OLD_NAMES.forEach((old, name) -> names.put(old, find(names, name)));
    return Map.copyOf(names);
  }

  private static void group(
      Map<String, Value> names, String group, Map<String, Function> functions) {
    Map<String, Value> members = new TreeMap<>();
    functions.forEach(
        (name, function) -> members.put(name, new FunctionValue(group + "." + name, function)));
    names.put(group, new ObjectValue(Collections.unmodifiableMap(members)));
  }

  private static Value find(Map<String, Value> names, String dotted) {
    String[] parts = dotted.split("\\.", 2);
    if (names.get(parts[0]) instanceof ObjectValue group
        && group.fields().get(parts[1]) instanceof FunctionValue function) {
      return function;
    }
    throw new IllegalStateException("no function " + dotted);
  }
}
