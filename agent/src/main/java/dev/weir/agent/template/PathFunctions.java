package dev.weir.agent.template;

import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Functions on slash-separated paths and on URLs.
final class PathFunctions {
  private PathFunctions() {}

  static void addTo(Functions functions) {
    functions.text("base", PathFunctions::base);
    functions.text("dir", text -> clean(text.substring(0, text.lastIndexOf('/') + 1)));
    functions.text("ext", PathFunctions::extension);
    functions.text("clean", PathFunctions::clean);
    functions.text("isAbs", text -> text.startsWith("/"));
    functions.text("urlParse", text -> url(URI.create(text)));
  }

  private static String base(String path) {
    if (path.isEmpty()) {
      return ".";
    }
    String trimmed = path.replaceAll("/+$", "");
    return trimmed.isEmpty() ? "/" : trimmed.substring(trimmed.lastIndexOf('/') + 1);
  }

  private static String extension(String path) {
    int dot = path.lastIndexOf('.');
    return dot <= path.lastIndexOf('/') ? "" : path.substring(dot);
  }

  private static String clean(String path) {
    boolean rooted = path.startsWith("/");
    Deque<String> parts = new ArrayDeque<>();
    for (String part : path.split("/", -1)) {
      boolean up = part.equals("..");
      if (up && !parts.isEmpty() && !parts.getLast().equals("..")) {
        parts.removeLast();
      } else if (!part.isEmpty() && !part.equals(".") && !(up && rooted)) {
        parts.addLast(part);
      }
    }
    String joined = (rooted ? "/" : "") + String.join("/", parts);
    return joined.isEmpty() ? "." : joined;
  }

  private static Map<String, Object> url(URI url) {
    Map<String, Object> parts = new TreeMap<>();
    parts.put("scheme", orEmpty(url.getScheme()));
    parts.put("host", url.getHost() == null ? "" : host(url));
    parts.put("hostname", orEmpty(url.getHost()));
    parts.put("path", url.isOpaque() ? "" : orEmpty(url.getPath()));
    parts.put("query", orEmpty(url.getRawQuery()));
    parts.put("opaque", url.isOpaque() ? url.getRawSchemeSpecificPart() : "");
    parts.put("fragment", orEmpty(url.getFragment()));
    parts.put("userinfo", orEmpty(url.getRawUserInfo()));
    return parts;
  }

  private static String host(URI url) {
    return url.getPort() < 0 ? url.getHost() : url.getHost() + ":" + url.getPort();
  }

  private static String orEmpty(@Nullable String text) {
    return Objects.requireNonNullElse(text, "");
  }
}
