package dev.weir.operator.testkit;

import io.fabric8.mockwebserver.http.RecordedRequest;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A request, read.
record ApiRequest(
    String method,
    String path,
    Map<String, String> query,
    String contentType,
    String agent,
    String body) {
  private static final String APPLY = "application/apply-patch+yaml";

  static ApiRequest read(RecordedRequest request) {
    var target = URI.create(request.getPath());
    return new ApiRequest(
        request.getMethod(),
        target.getPath(),
        query(target.getRawQuery()),
        text(request.getHeader("Content-Type")),
        text(request.getHeader("User-Agent")),
        text(request.getUtf8Body()));
  }

  private static String text(@Nullable String text) {
    return text == null ? "" : text;
  }

  private static Map<String, String> query(@Nullable String text) {
    var query = new HashMap<String, String>();
    if (text != null) {
      for (String pair : text.split("&", -1)) {
        String[] sides = pair.split("=", 2);
        query.put(sides[0], sides.length == 1 ? "" : decode(sides[1]));
      }
    }
    return query;
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  String parameter(String name) {
    return query.getOrDefault(name, "");
  }

  boolean flag(String name) {
    return parameter(name).equals("true");
  }

  /// What Kubernetes calls what is asked for.
  String verb(ResourcePath path) {
    boolean whole = path.name().isEmpty();
    return switch (method) {
      case "GET" -> flag("watch") ? "watch" : whole ? "list" : "get";
      case "POST" -> "create";
      case "PUT" -> "update";
      case "PATCH" -> contentType.startsWith(APPLY) ? "apply" : "patch";
      case "DELETE" -> whole ? "deletecollection" : "delete";
      default -> throw new ApiFailure(405, "MethodNotAllowed", method);
    };
  }

  /// Who writes: told, else the client's name up to its version.
  String manager() {
    String told = parameter("fieldManager");
    return told.isEmpty() ? agent.split("/", 2)[0] : told;
  }
}
