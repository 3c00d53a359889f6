package dev.weir.operator.testkit;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Optional;

/// What a request's path names.
///
/// @param namespace empty for none and for all
/// @param name empty for the whole collection
/// @param subresource empty for the object itself
record ResourcePath(Kind kind, String namespace, String name, String subresource) {
  /// Reads `/api/v1/...` and `/apis/GROUP/VERSION/...`; empty where no kind is of that name.
  static Optional<ResourcePath> parse(String path, Kinds kinds) {
    Deque<String> parts = new ArrayDeque<>(Arrays.asList(path.substring(1).split("/", -1)));
    String group = parts.pop().equals("api") ? "" : pop(parts);
    String version = pop(parts);
    String namespace = "";
    if ("namespaces".equals(parts.peek()) && parts.size() > 2 && !isNamespaceItself(parts)) {
      parts.pop();
      namespace = pop(parts);
    }
    String plural = pop(parts);
    String name = pop(parts);
    String subresource = pop(parts);
    String inNamespace = namespace;
    return kinds
        .byPlural(group, version, plural)
        .map(kind -> new ResourcePath(kind, inNamespace, name, subresource));
  }

  private static boolean isNamespaceItself(Deque<String> parts) {
    String last = parts.peekLast();
    return parts.size() == 3 && ("status".equals(last) || "finalize".equals(last));
  }

  private static String pop(Deque<String> parts) {
    String part = parts.poll();
    return part == null ? "" : part;
  }

  ResourcePath named(String other) {
    return new ResourcePath(kind, namespace, other, subresource);
  }

  boolean status() {
    return subresource.equals("status");
  }

  StoredKey key() {
    return new StoredKey(kind, namespace, name);
  }
}
