package dev.weir.agent.sandbox;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The head of a request.
///
/// @param target path and query as sent
/// @param version such as `HTTP/1.1`
/// @param headers names in lower case
record HttpRequest(String method, String target, String version, Map<String, String> headers) {
  /// Reads the lines of a head.
  ///
  /// @throws BadRequest if they are not HTTP
  static HttpRequest parse(List<String> lines) throws BadRequest {
    String[] start = lines.getFirst().split(" ", -1);
    if (start.length != 3 || !start[2].startsWith("HTTP/1.")) {
      throw new BadRequest("malformed HTTP request");
    }
    Map<String, String> headers = new LinkedHashMap<>();
    for (String line : lines.subList(1, lines.size())) {
      int colon = line.indexOf(':');
      if (colon <= 0) {
        throw new BadRequest("malformed HTTP header");
      }
      headers.merge(
          line.substring(0, colon).toLowerCase(Locale.ROOT),
          line.substring(colon + 1).strip(),
          (first, second) -> first + "," + second);
    }
    return new HttpRequest(start[0], start[1], start[2], headers);
  }

  /// The value of a header, named in lower case.
  String header(String name, String otherwise) {
    return headers.getOrDefault(name, otherwise);
  }

  /// The path without the query.
  ///
  /// @throws BadRequest if an escape is broken
  String path() throws BadRequest {
    int question = target.indexOf('?');
    try {
      return decoded(question < 0 ? target : target.substring(0, question), false);
    } catch (IllegalArgumentException e) {
      throw new BadRequest("invalid URL escape");
    }
  }

  /// The parameters of the query and of a form in the body.
  ///
  /// @throws BadRequest if an escape is broken
  Map<String, List<String>> parameters(byte[] body) throws BadRequest {
    Map<String, List<String>> parameters = new LinkedHashMap<>();
    int question = target.indexOf('?');
    try {
      if (question >= 0) {
        addParameters(parameters, target.substring(question + 1));
      }
      if (header("content-type", "").startsWith("application/x-www-form-urlencoded")) {
        addParameters(parameters, new String(body, StandardCharsets.UTF_8));
      }
    } catch (IllegalArgumentException e) {
      throw new BadRequest("invalid URL escape");
    }
    return parameters;
  }

  private static void addParameters(Map<String, List<String>> parameters, String query) {
    for (String pair : query.split("&", -1)) {
      if (!pair.isEmpty()) {
        int equals = pair.indexOf('=');
        String name = equals < 0 ? pair : pair.substring(0, equals);
        String value = equals < 0 ? "" : pair.substring(equals + 1);
        parameters
            .computeIfAbsent(decoded(name, true), _ -> new ArrayList<>())
            .add(decoded(value, true));
      }
    }
  }

  private static String decoded(String text, boolean plusIsBlank) {
    return URLDecoder.decode(plusIsBlank ? text : text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  /// Whether the sender wants to send more on this connection.
  boolean keepsAlive() {
    String connection = header("connection", "").toLowerCase(Locale.ROOT);
    return version.equals("HTTP/1.0")
        ? connection.contains("keep-alive")
        : !connection.contains("close");
  }
}
