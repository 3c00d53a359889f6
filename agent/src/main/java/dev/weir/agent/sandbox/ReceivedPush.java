package dev.weir.agent.sandbox;

import java.util.Map;
import java.util.Optional;

/// A push request as it arrived.
///
/// @param index 0 for the first push that the sandbox saw
/// @param tenant of the `X-Scope-OrgID` header, or `fake` without one, as in Loki
/// @param headers names in lower case; several values of one name are joined with a comma
/// @param bodyBytes as sent
/// @param bodyHash SHA-256 of the body as sent, in hexadecimal: a retry must have the same
/// @param entries in the body, stored or not
/// @param status answered, or 0 when the connection was closed instead
public record ReceivedPush(
    long index,
    String tenant,
    Map<String, String> headers,
    int bodyBytes,
    String bodyHash,
    int entries,
    int status) {
  public ReceivedPush {
    headers = Map.copyOf(headers);
  }

  /// The value of a header, named in lower case.
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }
}
