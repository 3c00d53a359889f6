package dev.weir.agent.river.eval;

import dev.weir.agent.river.eval.Value.Function;
import dev.weir.agent.river.eval.Value.StringValue;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/// `sys.*`, `convert.*` and `file.*`
final class SystemFunctions {
  static final Map<String, Function> SYS =
      Map.of("env", Arguments.text(1, arguments -> env(arguments.text(0))));
  static final Map<String, Function> CONVERT =
      Map.of(
          "nonsensitive",
          Arguments.text(1, arguments -> Conversions.secret(arguments.value(0)).reveal()));
  static final Map<String, Function> FILE =
      Map.of("path_join", Arguments.atLeast(0, SystemFunctions::join));

  private SystemFunctions() {}

  private static String env(String name) {
    String value = System.getenv(name);
    return value == null ? "" : value;
  }

  private static Value join(Arguments arguments) {
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < arguments.count(); i++) {
      String part = arguments.text(i);
      if (!part.isEmpty()) {
        parts.add(part);
      }
    }
    long length = parts.size();
    for (String part : parts) {
      length += part.length();
    }
    Limits.text(length);
    return new StringValue(parts.isEmpty() ? "" : clean(String.join("/", parts)));
  }

  /// The shortest path that leads to the same place, by the text alone.
  private static String clean(String path) {
    boolean rooted = path.startsWith("/");
    Deque<String> names = new ArrayDeque<>();
    for (String name : path.split("/", -1)) {
      if (name.equals("..")) {
        up(names, rooted);
      } else if (!name.isEmpty() && !name.equals(".")) {
        names.addLast(name);
      }
    }
    String joined = (rooted ? "/" : "") + String.join("/", names);
    return joined.isEmpty() ? "." : joined;
  }

  private static void up(Deque<String> names, boolean rooted) {
    if (!names.isEmpty() && !names.peekLast().equals("..")) {
      names.removeLast();
    } else if (!rooted) {
      names.addLast("..");
    }
  }
}
